import { exitCode } from '../../base/exit-codes.ts';
import { fingerprint, nextTreeChange } from '../../watch/watch-tree.ts';
import type { Call } from '../command.ts';
import { onCancelSignals } from '../signals.ts';
import type { RunOptions } from './options.ts';
import { runSingle } from './single.ts';

/** `git jci run --watch`: again at every change, until Ctrl-C. @returns the exit code of the last run. */
export async function runOnChange(call: Call<RunOptions>): Promise<number> {
  const { repo, ui } = call;
  const stop = new AbortController();
  let code: number = exitCode.ok;
  let before = await fingerprint(repo);
  while (!stop.signal.aborted) {
    // Ctrl-C during a run ends the run (it has its own handlers) and the watching with it.
    const release = onCancelSignals(() => stop.abort());
    try {
      code = await runSingle(call);
      if (stop.signal.aborted) break;
      ui.say(ui.err.dim('watching for changes; Ctrl-C ends it'));
      before = await nextTreeChange(repo, before, stop.signal);
    } catch (error) {
      if (!stop.signal.aborted) throw error;
    } finally {
      release();
    }
  }
  return code;
}
