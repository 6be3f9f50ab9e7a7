import type { Repository } from '../git/repository.ts';
import { compareNewestFirst, type RunId } from '../model/run-id.ts';
import { parseRunRef, type RunKey } from '../model/run-ref.ts';
import { listRunNames } from './run-names.ts';

/** A stored run of which only the name is known. */
export interface NamedRun extends RunKey {
  ref: string;
}

/**
 * The newest stored runs, newest first, by the names of refs alone.
 * @param count small: every run that is new enough is put in its place among so many.
 * @returns them, and how many refs there are; `undefined` when git complains about some: then only `listStoredRuns` finds all.
 */
export async function listNewestRuns(repo: Repository, count: number): Promise<{ newest: NamedRun[]; total: number } | undefined> {
  const names = await listRunNames(repo);
  return names === undefined ? undefined : newestAmong(names.toString('latin1'), count);
}

/**
 * Finds the newest runs among the names of refs. Objects are made of the few that may be among them: the others cost a look
 * at their id.
 * @param names one a line, one byte per character.
 */
export function newestAmong(names: string, count: number): { newest: NamedRun[]; total: number } {
  const newest: NamedRun[] = [];
  let oldest: RunId | undefined;
  let total = 0;
  for (let start = 0, end = names.indexOf('\n'); end >= 0; start = end + 1, end = names.indexOf('\n', start)) {
    total += 1;
    if (oldest !== undefined && isOlder(names, end, oldest)) continue;
    const ref = names.slice(start, end);
    const key = parseRunRef(ref);
    if (key === undefined) continue;
    insert(newest, { ...key, ref }, count);
    if (newest.length === count) oldest = newest.at(-1)?.runId;
  }
  return { newest, total };
}

/** Whether the id that ends there is certainly not newer: one of the same length, in the order of the text. */
function isOlder(names: string, end: number, than: RunId): boolean {
  const start = end - than.length;
  return names[start - 1] === '/' && names.slice(start, end) <= than;
}

function insert(newest: NamedRun[], run: NamedRun, count: number): void {
  const at = newest.findLastIndex(({ runId }) => compareNewestFirst(runId, run.runId) <= 0);
  newest.splice(at + 1, 0, run);
  if (newest.length > count) newest.pop();
}
