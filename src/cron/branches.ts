import { listRefs } from '../git/refs.ts';
import type { Repository } from '../git/repository.ts';
import type { CronEntry } from '../model/crontab.ts';

/** The branches of these entries that do not exist in the repository, each once; asks git only if there is one to ask for. */
export async function missingBranches(repo: Repository, entries: readonly Pick<CronEntry, 'branch'>[]): Promise<string[]> {
  const branches = [...new Set(entries.flatMap(({ branch }) => branch ?? []))];
  if (branches.length === 0) return [];
  const known = new Set((await listRefs(repo, branches.map(refOf))).map(({ ref }) => ref));
  return branches.filter((branch) => !known.has(refOf(branch)));
}

const refOf = (branch: string): string => `refs/heads/${branch}`;
