import { fatalError } from '../base/errors.ts';
import { changeRefs, listRunRefs, packRefs, type RefChange } from '../git/refs.ts';
import type { Repository } from '../git/repository.ts';
import { runRef } from '../model/run-ref.ts';
import type { PullReport } from './report.ts';
import type { Staged } from './staging.ts';

/** From so many on, packing the refs at once is quicker than syncing each of them, and they would be packed soon anyway. */
const manyRefs = 100;

/**
 * Gives what has arrived its names, in one transaction that only creates.
 *
 * If a name was taken meanwhile, git refuses the whole transaction; then the rest is tried again, which ends because there
 * are fewer each time.
 * @throws JciError (128) when git cannot write refs.
 */
export async function publishStaged(repo: Repository, staged: readonly Staged[], report: PullReport): Promise<void> {
  const isFit = (result: Staged): boolean => whyUnfit(result) === undefined;
  report.unfit.push(...staged.flatMap((result) => (isFit(result) ? [] : [{ ref: runRef(result), why: whyUnfit(result) ?? '' }])));
  for (let absent = staged.filter(isFit); absent.length > 0; ) {
    const many = absent.length >= manyRefs;
    const refused = await changeRefs(repo, absent.flatMap(changesFor), many ? 'later' : 'each');
    if (refused === undefined) {
      if (many) await packRefs(repo);
      report.pulled.push(...absent.map(runRef));
      return;
    }
    const left = await withoutTaken(repo, absent, report);
    if (left.length === absent.length) throw fatalError(`the results that arrived could not be given their names: ${refused}`);
    absent = left;
  }
}

const changesFor = (result: Staged): RefChange[] => [
  { ref: runRef(result), create: result.id },
  { ref: result.ref, remove: result.id },
];

function whyUnfit({ type, parents }: Staged): string | undefined {
  if (type !== 'commit') return `it is a ${type}, not a result commit`;
  return parents > 0 ? 'its commit has parents, which no result has' : undefined;
}

async function withoutTaken(repo: Repository, absent: readonly Staged[], report: PullReport): Promise<Staged[]> {
  const here = new Map((await listRunRefs(repo)).map(({ ref, id }) => [ref, id]));
  return absent.filter((result) => {
    const id = here.get(runRef(result));
    if (id === result.id) report.present += 1;
    else if (id !== undefined) report.conflicts.push(runRef(result));
    return id === undefined;
  });
}
