import { fatalError } from '../base/errors.ts';
import { readCommitKinds, type CommitKind } from '../git/commit-kinds.ts';
import { addPackedRefs, canAddPackedRefs } from '../git/packed-refs.ts';
import { changeRefs, listRunRefs, packRefs } from '../git/refs.ts';
import type { Repository } from '../git/repository.ts';
import type { ObjectId } from '../model/object-id.ts';
import { runRef, type RunKey } from '../model/run-ref.ts';
import type { PullReport } from './report.ts';

/** A run that a remote offers. */
export type Offer = RunKey & {
  /** What it says is the result. */
  id: ObjectId;
};

/** From so many on, writing them all into git's packed file is quicker than syncing each of them to disk. */
const manyRefs = 30;

/**
 * Gives what has arrived its names, all or none at a time, creating only.
 *
 * If a name was taken meanwhile, git refuses the whole transaction; then the rest is tried again, which ends because there
 * are fewer each time.
 * @throws JciError (128) when git cannot write refs.
 */
export async function publishOffers(repo: Repository, offers: readonly Offer[], report: PullReport): Promise<void> {
  const kinds = await readCommitKinds(repo, offers.map(({ id }) => id));
  const whyNot = (offer: Offer): string | undefined => whyUnfit(kinds.get(offer.id));
  report.unfit.push(...offers.flatMap((offer) => describeUnfit(offer, whyNot(offer))));
  for (let absent = offers.filter((offer) => whyNot(offer) === undefined); absent.length > 0; ) {
    const refused = await createRefs(repo, absent);
    if (refused === undefined) {
      report.pulled.push(...absent.map(runRef));
      return;
    }
    const left = await withoutTaken(repo, absent, report);
    if (left.length === absent.length) throw fatalError(`the results that arrived could not be given their names: ${refused}`);
    absent = left;
  }
}

function whyUnfit(kind: CommitKind | undefined): string | undefined {
  if (kind === undefined) return 'it did not arrive';
  if (kind.type !== 'commit') return `it is a ${kind.type}, not a result commit`;
  if (kind.isTooBig) return 'its message is too long to be one of ours';
  return kind.hasParents ? 'its commit has parents, which no result has' : undefined;
}

const describeUnfit = (offer: Offer, why: string | undefined): PullReport['unfit'] => (why === undefined ? [] : [{ ref: runRef(offer), why }]);

/** @returns `undefined`, or git's words when it refused. */
async function createRefs(repo: Repository, offers: readonly Offer[]): Promise<string | undefined> {
  const tips = offers.map((offer) => ({ ref: runRef(offer), id: offer.id }));
  const many = tips.length >= manyRefs;
  if (many && (await canAddPackedRefs(repo)) && addPackedRefs(repo, tips)) return undefined;
  const refused = await changeRefs(repo, tips.map(({ ref, id }) => ({ ref, create: id })), many ? 'later' : 'each');
  if (many && refused === undefined) await packRefs(repo);
  return refused;
}

async function withoutTaken(repo: Repository, absent: readonly Offer[], report: PullReport): Promise<Offer[]> {
  const here = new Map((await listRunRefs(repo)).map(({ ref, id }) => [ref, id]));
  return absent.filter((offer) => {
    const id = here.get(runRef(offer));
    if (id === offer.id) report.present += 1;
    else if (id !== undefined) report.conflicts.push(runRef(offer));
    return id === undefined;
  });
}
