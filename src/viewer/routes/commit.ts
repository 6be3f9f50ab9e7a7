import { Hono } from 'hono';
import { commitDetail, type CommitDetail, type RunDetail } from '../../api/run-detail.ts';
import type { RunItem } from '../../api/run-item.ts';
import type { ObjectId } from '../../model/object-id.ts';
import { answer, unchanged } from '../http/answer.ts';
import { badRequest, notFound } from '../http/problems.ts';
import type { ViewerParts } from '../parts.ts';
import { readCommitHeads } from '../results/commit-heads.ts';
import { readNow, type Now } from '../results/now.ts';
import { readProgress } from '../results/live-progress.ts';
import { findReruns } from '../results/reruns.ts';

/** `/api/commit/<hash>[/<run id>]`: a commit, and one of its runs in full. */
export function commitRoute(parts: ViewerParts): Hono {
  const app = new Hono();
  app.get('/api/commit/:hash/:runId?', async (c) => {
    const { hash: given, runId } = c.req.param();
    const now = await readNow(parts);
    const tag = `${now.tag}.${encodeURIComponent(given)}.${encodeURIComponent(runId ?? '')}`;
    const known = unchanged(c, tag);
    if (known !== undefined) return known;
    const hash = await findCommit(parts, now, given);
    const { detail, isHere } = await describe(parts, now, hash, runId);
    // A commit that is not here may be fetched, which changes no ref that we know of.
    // So does a step of a run under way.
    const isWhole = isHere && detail.runs.every(({ problem }) => problem === null) && (detail.run?.item.live ?? null) === null;
    return answer(c, commitDetail, detail, isWhole ? tag : undefined);
  });
  return app;
}

/** A commit by its hash or a unique prefix of it; it need not be here as long as a run of it is. */
async function findCommit({ objects }: ViewerParts, { index, live }: Now, given: string): Promise<ObjectId> {
  if (!/^[0-9a-f]{4,64}$/.test(given)) throw badRequest(`'${given}' is not the id of a commit`);
  const withRuns = [...index.runs, ...live.map(({ item }) => item)].filter(({ commit }) => commit.startsWith(given)).map(({ commit }) => commit);
  // As `git describe` writes an id: that is never the name of a tag or of a branch, and of all objects with this beginning the commit is meant.
  const [object] = await objects.read([`id-g${given}^{commit}`]);
  const found = new Set([...withRuns, ...(object?.id.startsWith(given) === true ? [object.id] : [])]);
  const [hash] = found;
  if (hash === undefined) throw notFound(`no commit ${given} is here, nor a run of it`, 'git jci pull');
  if (found.size > 1) throw badRequest(`'${given}' is the beginning of ${found.size} commits`);
  return hash;
}

async function describe(parts: ViewerParts, now: Now, hash: ObjectId, runId: string | undefined): Promise<{ detail: CommitDetail; isHere: boolean }> {
  const [[head], summaries] = await Promise.all([readCommitHeads(parts.objects, [hash]), parts.index.readSummaries(now.index.ofCommit(hash))]);
  const runs = now.runsOf(hash, summaries);
  const item = runId === undefined ? runs[0] : runs.find((run) => run.runId === runId);
  if (runId !== undefined && item === undefined) throw notFound(`commit ${hash.slice(0, 12)} has no run ${runId}`, 'git jci ls --all');
  const read = item === undefined ? undefined : await describeRun(parts, now, item, runs);
  const { author, date, message } = head ?? { author: '', date: '', message: '' };
  const { status, ref, runId: found } = item ?? ({ status: '', ref: '', runId: '' } as const);
  const detail: CommitDetail = {
    hash,
    author,
    date,
    message,
    status,
    files: read?.files ?? [],
    ref,
    runId: found,
    // One that turned out to be damaged says so in the list too.
    runs: runs.map((run) => (run === item && read !== undefined ? read.detail.item : run)),
    run: read?.detail ?? null,
  };
  return { detail, isHere: head !== undefined };
}

async function describeRun(
  parts: ViewerParts,
  now: Now,
  item: RunItem,
  runs: readonly RunItem[],
): Promise<{ files: string[]; detail: RunDetail }> {
  const stored = now.index.find(item);
  const nothing = { files: [], record: null, steps: [], tests: null, artefacts: [], summaryHtml: null, log: { bytes: 0 } };
  let problem = item.problem;
  const content =
    stored === undefined
      ? { ...nothing, ...(await readProgress(parts, item)) }
      : await parts.results.read(stored).catch((error: unknown) => {
          problem = error instanceof Error ? error.message : String(error);
          return nothing;
        });
  const { files, ...rest } = content;
  const { rerunOf, rerunBy } = await findReruns(parts, now, item, runs);
  return {
    files: files.map(({ path }) => path).filter((path) => path !== 'index.html'),
    detail: { item: { ...item, problem }, annotations: [], ...rest, reproduce: `git jci rerun ${item.runId}`, rerunOf, rerunBy },
  };
}
