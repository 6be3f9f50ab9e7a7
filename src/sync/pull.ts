import { refusal } from '../base/errors.ts';
import { fetchObjects } from '../git/remote-fetch.ts';
import { listRemoteRefs } from '../git/remote-refs.ts';
import type { Remote } from '../git/remote.ts';
import { listRunRefs, type RefTip } from '../git/refs.ts';
import type { Repository } from '../git/repository.ts';
import type { ObjectId } from '../model/object-id.ts';
import { compareNewestFirst } from '../model/run-id.ts';
import { parseRunRef, runRef, runRefPrefix } from '../model/run-ref.ts';
import { publishOffers, type Offer } from './publish.ts';
import type { PullReport, SyncOptions } from './report.ts';

export interface PullOptions extends SyncOptions {
  /** Told after each batch. */
  onStored?: ((stored: number, total: number) => void) | undefined;
}

/**
 * Fetches so many runs at first, and twice as many each time. Each batch is complete before the next begins, so a connection
 * that breaks costs one batch, and a second try goes on from there; but git looks at every ref before each.
 */
const firstBatch = 1000;
const largestBatch = 8000;

/** As many runs as tell the server what we have: results share their artefacts with others of the same days. */
const commonTips = 32;

/**
 * Brings every run that is not here. Nothing of ours is replaced, moved or deleted, and nothing that arrives is executed.
 *
 * Objects are fetched without any ref, so that neither the user's configuration nor the names that a remote offers decide
 * what is written; what has been looked at gets its name in the end.
 * @throws JciError (3) when the remote cannot be reached or the connection breaks, (128) when refs cannot be written.
 */
export async function pullRuns(repo: Repository, remote: Remote, options: PullOptions = {}): Promise<PullReport> {
  const [offered, ours] = await Promise.all([listRemoteRefs(repo, remote, runRefPrefix, again, options.signal), listRunRefs(repo)]);
  checkFormat(repo, remote, offered[0]?.id);
  const { report, absent, common } = compare(offered, ours);
  const pull: Pull = { repo, remote, common, report, options };
  for (let start = 0, size = firstBatch; start < absent.length; start += size, size = Math.min(2 * size, largestBatch)) {
    await pullBatch(pull, absent.slice(start, start + size));
    options.onStored?.(Math.min(start + size, absent.length), absent.length);
  }
  return report;
}

interface Pull {
  repo: Repository;
  remote: Remote;
  /** Commits that both sides have. */
  common: readonly ObjectId[];
  report: PullReport;
  options: PullOptions;
}

const again = 'git jci pull';

interface Comparison {
  report: PullReport;
  /** Newest first: what matters most arrives first. */
  absent: Offer[];
  common: ObjectId[];
}

function compare(offered: readonly RefTip[], ours: readonly RefTip[]): Comparison {
  const here = new Map(ours.map(({ ref, id }) => [ref, id]));
  const report: PullReport = { pulled: [], present: 0, conflicts: [], unfit: [] };
  // By name, since a hostile remote may list one twice.
  const absent = new Map<string, Offer>();
  const common: RefTip[] = [];
  for (const tip of offered) {
    const { ref, id } = tip;
    const key = parseRunRef(ref);
    const mine = here.get(ref);
    if (key === undefined) report.unfit.push({ ref, why: 'its name is not that of a run' });
    else if (mine === undefined) absent.set(ref, { ...key, id });
    else if (mine === id) common.push(tip);
    else report.conflicts.push(ref);
  }
  report.present = common.length;
  return { report, absent: newestFirst([...absent.values()]), common: absent.size === 0 ? [] : newestIds(common) };
}

const newestFirst = (offers: Offer[]): Offer[] => offers.sort((a, b) => compareNewestFirst(a.runId, b.runId));

function newestIds(tips: readonly RefTip[]): ObjectId[] {
  const offers = tips.flatMap(({ ref, id }): Offer[] => {
    const key = parseRunRef(ref);
    return key === undefined ? [] : [{ ...key, id }];
  });
  return newestFirst(offers).slice(0, commonTips).map(({ id }) => id);
}

function checkFormat(repo: Repository, remote: Remote, id: ObjectId | undefined): void {
  const digits = repo.objectFormat === 'sha256' ? 64 : 40;
  if (id === undefined || id.length === digits) return;
  throw refusal(`${remote.shown} uses another object format than this repository (${repo.objectFormat})`, {
    hint: 'results move between repositories of one object format only',
  });
}

/** Fetches a batch; if an object in it fails git's checks, halves of it, until the result at fault stands alone. */
async function pullBatch(pull: Pull, offers: readonly Offer[]): Promise<void> {
  const { repo, remote, common, report, options } = pull;
  if (offers.length === 0) return;
  const ids = [...new Set(offers.map(({ id }) => id))];
  const fetched = await fetchObjects(repo, remote, ids, { ...options, common, again });
  if (fetched === 'fetched') await publishOffers(repo, offers, report);
  else if (fetched === 'gone') await pullBatch(pull, await stillOffered(pull, offers));
  else if (offers.length === 1) report.unfit.push(...offers.map((offer) => ({ ref: runRef(offer), why: `an object of it is malformed: ${fetched.hostile}` })));
  else {
    const middle = Math.ceil(offers.length / 2);
    await pullBatch(pull, offers.slice(0, middle));
    await pullBatch(pull, offers.slice(middle));
  }
}

/** Somebody prunes the remote meanwhile: what has gone is not missed. @throws JciError (3) when nothing has. */
async function stillOffered({ repo, remote, options }: Pull, offers: readonly Offer[]): Promise<Offer[]> {
  const there = new Map((await listRemoteRefs(repo, remote, runRefPrefix, again, options.signal)).map(({ ref, id }) => [ref, id]));
  const left = offers.filter((offer) => there.get(runRef(offer)) === offer.id);
  if (left.length === offers.length) throw refusal(`${remote.shown} lists results that it does not hand out`, {
    hint: `its repository may be damaged; try one without git jci: git fetch ${remote.shown} ${left[0]?.id ?? ''}`,
  });
  return left;
}
