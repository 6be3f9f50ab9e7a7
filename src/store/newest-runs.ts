import { streamRefNames } from '../git/refs.ts';
import type { Repository } from '../git/repository.ts';
import { compareNewestFirst, type RunId } from '../model/run-id.ts';
import { parseRunRef, runRefPrefix, type RunKey } from '../model/run-ref.ts';

/** A stored run of which only the name is known. */
export interface NamedRun extends RunKey {
  ref: string;
}

/**
 * The newest stored runs, newest first, by the names of refs alone.
 * @param count small: every run that is new enough is put in its place among so many.
 * @returns them, and how many refs there are; `undefined` when git has words about some: then only `listStoredRuns` tells of all.
 */
export async function listNewestRuns(repo: Repository, count: number): Promise<{ newest: NamedRun[]; total: number } | undefined> {
  const collect = createNewestRuns(count);
  const isWhole = await streamRefNames(repo, runRefPrefix, collect.take);
  return isWhole ? { newest: collect.newest, total: collect.total() } : undefined;
}

/**
 * Collects the newest runs among the names of refs. Objects are made of the few that may be among them: the others cost a
 * look at the first few digits.
 */
export function createNewestRuns(count: number): { newest: NamedRun[]; total(): number; take(lines: string): void } {
  const newest: NamedRun[] = [];
  let oldest: RunId | undefined;
  let total = 0;
  return {
    newest,
    total: () => total,
    take(lines) {
      for (let start = 0, end = lines.indexOf('\n'); end >= 0; start = end + 1, end = lines.indexOf('\n', start)) {
        total += 1;
        if (oldest !== undefined && isOlder(lines, end, oldest)) continue;
        const ref = lines.slice(start, end);
        const key = parseRunRef(ref);
        if (key === undefined) continue;
        insert(newest, { ...key, ref }, count);
        if (newest.length === count) oldest = newest.at(-1)?.runId;
      }
    },
  };
}

/** Whether the id that ends there is certainly not newer: one of the same length, in the order of the text. */
function isOlder(lines: string, end: number, than: RunId): boolean {
  const start = end - than.length;
  if (lines.charCodeAt(start - 1) !== slash) return false;
  for (let index = 0; index < than.length; index += 1) {
    const difference = lines.charCodeAt(start + index) - than.charCodeAt(index);
    if (difference !== 0) return difference < 0;
  }
  return true;
}

const slash = '/'.charCodeAt(0);

function insert(newest: NamedRun[], run: NamedRun, count: number): void {
  const at = newest.findLastIndex(({ runId }) => compareNewestFirst(runId, run.runId) <= 0);
  newest.splice(at + 1, 0, run);
  if (newest.length > count) newest.pop();
}
