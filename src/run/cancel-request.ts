import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hasCode } from '../base/errors.ts';
import { sendSignal } from '../proc/group.ts';
import type { ActiveRun } from '../store/active-run.ts';
import { activeFiles, activeFolder } from '../store/paths.ts';
import type { RunKey } from '../model/run-ref.ts';

/** Means "look for requests": a git jci may have several runs under way, and only one of them is meant. */
const lookSignal = 'SIGUSR2';

const requestPath = (commonDir: string, key: RunKey): string => activeFiles(activeFolder(commonDir, key)).cancel;

/** Asks the git jci that carries a run to end it. @returns false for a run that is over. */
export function requestCancel(commonDir: string, run: Pick<ActiveRun, 'commit' | 'runId' | 'owner'>, reason: string): boolean {
  try {
    writeFileSync(requestPath(commonDir, run), reason);
  } catch (error) {
    // Its folder goes when it is stored.
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
  sendSignal(run.owner.pid, lookSignal);
  return true;
}

/**
 * Calls back when somebody asks to cancel this run, also if they asked before.
 * @returns a function that stops listening.
 */
export function onCancelRequest(commonDir: string, key: RunKey, handle: (reason: string) => void): () => void {
  const look = (): void => {
    const path = requestPath(commonDir, key);
    if (existsSync(path)) handle(readFileSync(path, 'utf8'));
  };
  process.on(lookSignal, look);
  look();
  return () => process.off(lookSignal, look);
}
