import { JciError } from '../../base/errors.ts';
import { loadSettings } from '../../config/load.ts';
import { reopenRepository } from '../../git/repository.ts';
import { printable } from '../../output/terminal-text.ts';
import { nextChange } from '../../watch/next-change.ts';
import { createScriptChanges } from '../../watch/script-changes.ts';
import { differences, readState, type WatchedState, type WatchScope } from '../../watch/state.ts';
import type { Call } from '../command.ts';
import { truncate } from '../render/any-fit.ts';
import { showsUnicode } from '../render/unicode.ts';
import { reportError } from '../report-error.ts';
import { onCancelSignals } from '../signals.ts';
import { parseTrigger, withFlags, type RunOptions } from './options.ts';
import { runSingle } from './single.ts';

/** `git jci run --watch`: again at every change, until Ctrl-C. @returns the exit code of the last run. */
export async function runOnChange(call: Call<RunOptions>): Promise<number> {
  const scope = await watchScope(call);
  const stop = new AbortController();
  // Ctrl-C during a run ends the run, which has handlers of its own, and the watching with it.
  const release = onCancelSignals(() => stop.abort());
  const changes = createScriptChanges(call.repo.workTree ?? call.repo.cwd);
  try {
    let state = await readState(call.repo, scope);
    for (let run = runSingle; ; run = runAgain) {
      await changes.runBegins(state);
      const code = await run(call);
      if (stop.signal.aborted) return code;
      const { found, tested } = await changes.runEnded(await readState(call.repo, scope));
      if (found.length > 0) warnOfOwn(call, found);
      const next = await waitForChange(call, scope, tested, stop.signal);
      if (next === undefined) return code;
      state = next;
    }
  } finally {
    release();
  }
}

function warnOfOwn({ ui }: Call<RunOptions>, paths: readonly string[]): void {
  const them = paths.length === 1 ? 'it' : 'them';
  ui.warn(`run.sh changes ${inWords(paths)} itself: not run again for ${them}; ignore ${them} in .gitignore`);
}

/** A run in a temporary worktree sees commits only. */
async function watchScope({ repo, options }: Call<RunOptions>): Promise<WatchScope> {
  const { settings } = await loadSettings(repo);
  const clean = withFlags(settings, options).clean || parseTrigger(options.trigger) !== 'manual';
  return clean ? 'HEAD' : 'working tree';
}

/** `undefined` when the user has had enough. */
async function waitForChange(call: Call<RunOptions>, scope: WatchScope, before: WatchedState, signal: AbortSignal): Promise<WatchedState | undefined> {
  const { repo, ctx, ui } = call;
  ui.say(ui.err.dim(scope === 'HEAD' ? 'watching for commits; Ctrl-C ends it' : 'watching for changes; Ctrl-C ends it'));
  try {
    const now = await nextChange(repo, scope, before, signal);
    const line = `changed: ${inWords(differences(before, now))}`;
    ui.say(ui.err.dim(ctx.stderr.isTTY ? truncate(line, (ctx.stderr.columns ?? 80) - 1, showsUnicode(ctx) ? '…' : '>') : line));
    return now;
  } catch (error) {
    if (!isAborted(signal)) throw error;
    // The prompt would stand behind the ^C of the terminal.
    if (ctx.stderr.isTTY) ui.say('');
    return undefined;
  }
}

function inWords(changes: readonly string[]): string {
  const shown = changes.slice(0, 3).map(printable).join(', ');
  return changes.length > 3 ? `${shown} and ${changes.length - 3} more` : shown;
}

/** A branch without run.sh, or a file of settings that is half written, is no reason to give up: the next change may mend it. */
async function runAgain(call: Call<RunOptions>): Promise<number> {
  try {
    // HEAD may be another one.
    return await runSingle({ ...call, repo: await reopenRepository(call.repo) });
  } catch (error) {
    if (!(error instanceof JciError)) throw error;
    return reportError(call.ctx, error, false);
  }
}

/** Asked anew: it changes while we wait, which the type checker does not know. */
const isAborted = (signal: AbortSignal): boolean => signal.aborted;
