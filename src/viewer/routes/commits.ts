import { Hono, type Context } from 'hono';
import { commits, commitVerdicts, pageSize, type CommitItem } from '../../api/commits.ts';
import { tellingRun, type RunItem } from '../../api/run-item.ts';
import type { CommitHead } from '../../git/commit-head.ts';
import { currentBranch } from '../../git/revisions.ts';
import type { ObjectId } from '../../model/object-id.ts';
import { answer, unchanged } from '../http/answer.ts';
import { badRequest, notFound } from '../http/problems.ts';
import { choice, line, wholeNumber } from '../http/query.ts';
import type { ViewerParts } from '../parts.ts';
import { readCommitHeads } from '../results/commit-heads.ts';
import type { HistoryPart } from '../results/history.ts';
import { readNow, type Now } from '../results/now.ts';
import { storedItem } from '../results/run-items.ts';
import type { CommitTree } from '../results/same-tree.ts';

/** `/api/commits`: the commits of a branch with all of their runs, a page at a time. */
export function commitsRoute(parts: ViewerParts): Hono {
  const app = new Hono();
  app.get('/api/commits', async (c) => {
    const query = readQuery(c);
    const { branch, page } = query;
    const now = await readNow(parts);
    const tip = await findTip(parts, now, branch);
    // A detached HEAD moves without any ref.
    const tag = `${now.tag}.${tip ?? ''}.${encodeURIComponent(c.req.url.split('?')[1] ?? '')}`;
    const known = unchanged(c, tag);
    if (known !== undefined) return known;
    if (tip === undefined) return answer(c, commits, { branch, page, pageSize, hasMore: false, commits: [] });
    const { ids, hasMore, areJudged } = await findPage(parts, now, tip, query, c.req.raw.signal);
    const { items, ...shown } = await describe(parts, now, ids);
    const isWhole = !areJudged && !shown.areJudged && items.every(({ runs }) => runs.every(({ problem }) => problem === null));
    return answer(c, commits, { branch, page, pageSize, hasMore, commits: items }, isWhole ? tag : undefined);
  });
  return app;
}

/** @returns `undefined` on HEAD, or the branch that it is on, before the first commit. @throws HttpProblem (404) */
async function findTip({ repo, objects }: ViewerParts, { index }: Now, branch: string): Promise<ObjectId | undefined> {
  const tip = index.branches.get(branch) ?? (branch === 'HEAD' ? (await objects.read(['HEAD^{commit}']))[0]?.id : undefined);
  if (tip !== undefined || branch === 'HEAD' || branch === (await currentBranch(repo))) return tip;
  throw notFound(`there is no branch '${branch}'`);
}

interface Query {
  branch: string;
  page: number;
  verdict: (typeof commitVerdicts)[number] | undefined;
  text: string;
  author: string;
}

function readQuery(c: Context): Query {
  const branch = c.req.query('branch');
  if (branch === undefined || branch === '') throw badRequest('branch is missing: /api/commits?branch=main');
  return {
    branch,
    page: wholeNumber(c, 'page') ?? 0,
    verdict: choice(c, 'verdict', commitVerdicts),
    text: line(c, 'text'),
    author: line(c, 'author'),
  };
}

/** @returns `areJudged` as in `SameTrees`, also where nothing was found. */
async function findPage(parts: ViewerParts, now: Now, tip: ObjectId, query: Query, signal: AbortSignal): Promise<HistoryPart & { areJudged: boolean }> {
  const { text, author, verdict, page } = query;
  const words = [...(author === '' ? [] : [`--author=${author}`]), ...(text === '' ? [] : [`--grep=${text}`])];
  const args = [...(words.length > 0 ? ['-i', '-F', ...words] : []), tip, '--'];
  const from = page * pageSize;
  if (verdict === undefined) return { ...(await parts.histories.slice(args, from, from + pageSize, signal)), areJudged: false };
  const fitting: ObjectId[] = [];
  const enough = from + pageSize + 1;
  let areJudged = false;
  for (let at = 0; fitting.length < enough; at += scanned) {
    const { ids, hasMore } = await parts.histories.slice(args, at, at + scanned, signal);
    const states = await readStates(parts, now, ids);
    areJudged ||= states.areJudged;
    fitting.push(...ids.filter((_, position) => states.list[position] === verdict));
    if (!hasMore) break;
  }
  return { ids: fitting.slice(from, from + pageSize), hasMore: fitting.length >= enough, areJudged };
}

/** Commits that are looked at in one go where only some of them are wanted. */
const scanned = 1000;

type State = (typeof commitVerdicts)[number];

/** What the list shows of commits, by position. */
async function readStates(parts: ViewerParts, now: Now, ids: readonly ObjectId[]): Promise<{ list: State[]; areJudged: boolean }> {
  const summaries = await parts.index.readSummaries(ids.flatMap((id) => now.index.ofCommit(id)));
  const own = ids.map((id) => statusOf(now.runsOf(id, summaries)));
  const heads = await readHeadsOf(parts, now, ids.filter((_, position) => own[position] === ''));
  const { runs, areJudged } = await parts.sameTrees(now.index, heads);
  const list = ids.map((id, position): State => {
    const mine = own[position] ?? '';
    if (mine !== '') return mine;
    const run = runs.get(id);
    return run === undefined ? 'none' : storedItem(run, summaries.get(run.result)).status;
  });
  return { list, areJudged };
}

/** None where no run can be of the same tree. */
async function readHeadsOf({ objects }: ViewerParts, { index }: Now, ids: readonly ObjectId[]): Promise<CommitTree[]> {
  const heads = index.runs.length === 0 ? [] : await readCommitHeads(objects, ids);
  return ids.flatMap((commit, position) => treeOf(commit, heads[position]));
}

const treeOf = (commit: ObjectId, head: CommitHead | undefined): CommitTree[] => (head === undefined ? [] : [{ commit, tree: head.tree }]);

async function describe(parts: ViewerParts, now: Now, ids: readonly ObjectId[]): Promise<{ items: CommitItem[]; areJudged: boolean }> {
  const stored = ids.flatMap((id) => now.index.ofCommit(id));
  const [heads, summaries] = await Promise.all([readCommitHeads(parts.objects, ids), parts.index.readSummaries(stored)]);
  const withoutRuns = ids.flatMap((commit, position) => (now.runsOf(commit, summaries).length > 0 ? [] : treeOf(commit, heads[position])));
  const sameTrees = await parts.sameTrees(now.index, withoutRuns);
  const items = ids.map((hash, position): CommitItem => {
    const head = heads[position];
    const runs = now.runsOf(hash, summaries);
    const other = sameTrees.runs.get(hash);
    return {
      hash,
      shortHash: hash.slice(0, 7),
      message: head?.subject ?? '',
      author: head?.author ?? '',
      date: head?.date ?? '',
      hasCI: runs.length > 0,
      ciStatus: statusOf(runs),
      runs,
      sameTree: other === undefined ? null : storedItem(other, summaries.get(other.result)),
    };
  });
  return { items, areJudged: sameTrees.areJudged };
}

const statusOf = (runs: readonly RunItem[]): RunItem['status'] | '' => tellingRun(runs)?.status ?? '';
