import { fingerprint, nextTreeChange } from '../../watch/watch-tree.ts';
import type { Call } from '../command.ts';
import { onCancelSignals } from '../signals.ts';
import type { RunOptions } from './options.ts';
import { runSingle } from './single.ts';

/** `git jci run --watch`: again at every change, until Ctrl-C. @returns the exit code of the last run. */
export async function runOnChange(call: Call<RunOptions>): Promise<number> {
  const stop = new AbortController();
  // Ctrl-C during a run ends the run, which has handlers of its own, and the watching with it.
  const release = onCancelSignals(() => stop.abort());
  try {
    let before = await fingerprint(call.repo);
    for (;;) {
      const code = await runSingle(call);
      const now = await nextChange(call, before, stop.signal);
      if (now === undefined) return code;
      before = now;
    }
  } finally {
    release();
  }
}

/** `undefined` when the user has had enough. */
async function nextChange({ repo, ui }: Call<RunOptions>, before: string, signal: AbortSignal): Promise<string | undefined> {
  if (signal.aborted) return undefined;
  ui.say(ui.err.dim('watching for changes; Ctrl-C ends it'));
  try {
    return await nextTreeChange(repo, before, signal);
  } catch (error) {
    if (isAborted(signal)) return undefined;
    throw error;
  }
}

/** Asked anew: it changes while we wait, which the type checker does not know. */
const isAborted = (signal: AbortSignal): boolean => signal.aborted;
