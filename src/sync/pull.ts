import { refusal } from '../base/errors.ts';
import { fetchRefspecs } from '../git/remote-fetch.ts';
import { listRemoteRefs } from '../git/remote-refs.ts';
import type { Remote } from '../git/remote.ts';
import { listRunRefs, type RefTip } from '../git/refs.ts';
import type { Repository } from '../git/repository.ts';
import type { ObjectId } from '../model/object-id.ts';
import { compareNewestFirst } from '../model/run-id.ts';
import { parseRunRef, runRef, runRefPrefix, type RunKey } from '../model/run-ref.ts';
import { publishStaged } from './publish.ts';
import type { PullReport, SyncOptions } from './report.ts';
import { clearStaging, listStaged, stagingRefspec } from './staging.ts';

export interface PullOptions extends SyncOptions {
  /** Told after each batch. */
  onStored?: ((stored: number, total: number) => void) | undefined;
}

/**
 * Fetches so many runs at a time. Each batch is complete before the next begins, so a connection that breaks costs one
 * batch, and a second try goes on from there.
 */
const batchSize = 2000;

/** As many runs as tell the server what we have: results share their artefacts with others of the same days. */
const commonTips = 32;

/**
 * Brings every run that is not here. Nothing of ours is replaced, moved or deleted, and nothing that arrives is executed.
 *
 * One pull at a time: the caller holds the repository's pull lock.
 * @throws JciError (3) when the remote cannot be reached or the connection breaks, (128) when refs cannot be written.
 */
export async function pullRuns(repo: Repository, remote: Remote, options: PullOptions = {}): Promise<PullReport> {
  await clearStaging(repo);
  const [offered, ours] = await Promise.all([listRemoteRefs(repo, remote, runRefPrefix, again, options.signal), listRunRefs(repo)]);
  const { report, absent, common } = compare(repo, remote, offered, ours);
  try {
    for (let start = 0; start < absent.length; start += batchSize) {
      await pullBatch(repo, remote, absent.slice(start, start + batchSize), common, report, options);
      options.onStored?.(Math.min(start + batchSize, absent.length), absent.length);
    }
  } finally {
    await clearStaging(repo);
  }
  return report;
}

const again = 'git jci pull';

interface Comparison {
  report: PullReport;
  /** Newest first: what matters most arrives first. */
  absent: RunKey[];
  common: ObjectId[];
}

function compare(repo: Repository, remote: Remote, offered: readonly RefTip[], ours: readonly RefTip[]): Comparison {
  const here = new Map(ours.map(({ ref, id }) => [ref, id]));
  const report: PullReport = { pulled: [], present: 0, conflicts: [], unfit: [] };
  const absent: RunKey[] = [];
  const common: (RunKey & { id: ObjectId })[] = [];
  for (const { ref, id } of offered) {
    const key = parseRunRef(ref);
    if (key === undefined) report.unfit.push({ ref, why: 'its name is not that of a run' });
    else if (!here.has(ref)) absent.push(key);
    else if (here.get(ref) === id) common.push({ ...key, id });
    else report.conflicts.push(ref);
  }
  report.present = common.length;
  checkFormat(repo, remote, offered[0]?.id);
  const newestFirst = (a: RunKey, b: RunKey): number => compareNewestFirst(a.runId, b.runId);
  return { report, absent: absent.sort(newestFirst), common: common.sort(newestFirst).slice(0, commonTips).map(({ id }) => id) };
}

function checkFormat(repo: Repository, remote: Remote, id: ObjectId | undefined): void {
  const digits = repo.objectFormat === 'sha256' ? 64 : 40;
  if (id === undefined || id.length === digits) return;
  throw refusal(`${remote.shown} uses another object format than this repository (${repo.objectFormat})`, {
    hint: 'results move between repositories of one object format only',
  });
}

/** Fetches a batch; if an object in it fails git's checks, halves of it, until the result at fault stands alone. */
async function pullBatch(
  repo: Repository,
  remote: Remote,
  keys: readonly RunKey[],
  common: readonly ObjectId[],
  report: PullReport,
  options: PullOptions,
): Promise<void> {
  const { hostile } = await fetchRefspecs(repo, remote, keys.map(stagingRefspec), { ...options, common, again });
  if (hostile === undefined) {
    await publishStaged(repo, await listStaged(repo), report);
    await clearStaging(repo);
    return;
  }
  if (keys.length === 1) {
    report.unfit.push(...keys.map((key) => ({ ref: runRef(key), why: `an object of it is malformed: ${hostile}` })));
    return;
  }
  const middle = Math.ceil(keys.length / 2);
  await pullBatch(repo, remote, keys.slice(0, middle), common, report, options);
  await pullBatch(repo, remote, keys.slice(middle), common, report, options);
}
