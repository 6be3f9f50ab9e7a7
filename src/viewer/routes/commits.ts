import { Hono, type Context } from 'hono';
import { commits, commitVerdicts, pageSize, type CommitItem } from '../../api/commits.ts';
import type { RunItem } from '../../api/run-item.ts';
import { currentBranch } from '../../git/revisions.ts';
import type { ObjectId } from '../../model/object-id.ts';
import { answer, unchanged } from '../http/answer.ts';
import { badRequest, notFound } from '../http/problems.ts';
import { choice, wholeNumber } from '../http/query.ts';
import type { ViewerParts } from '../parts.ts';
import { readCommitHeads, readScriptIds } from '../results/commit-heads.ts';
import type { HistoryPart } from '../results/history.ts';
import { readNow, type Now } from '../results/now.ts';
import { storedItem } from '../results/run-items.ts';

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
    const { ids, hasMore } = await findPage(parts, now, tip, query, c.req.raw.signal);
    const { items, areJudged } = await describe(parts, now, ids);
    const isWhole = !areJudged && items.every(({ runs }) => runs.every(({ problem }) => problem === null));
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
    text: c.req.query('text') ?? '',
    author: c.req.query('author') ?? '',
  };
}

async function findPage(parts: ViewerParts, now: Now, tip: ObjectId, query: Query, signal: AbortSignal): Promise<HistoryPart> {
  const { text, author, verdict, page } = query;
  const words = [...(author === '' ? [] : [`--author=${author}`]), ...(text === '' ? [] : [`--grep=${text}`])];
  const args = [...(words.length > 0 ? ['-i', '-F', ...words] : []), tip, '--'];
  const from = page * pageSize;
  if (verdict === undefined) return parts.histories.slice(args, from, from + pageSize, signal);
  const fitting: ObjectId[] = [];
  const enough = from + pageSize + 1;
  for (let at = 0; fitting.length < enough; at += scanned) {
    const { ids, hasMore } = await parts.histories.slice(args, at, at + scanned, signal);
    const summaries = await parts.index.readSummaries(ids.flatMap((id) => now.index.ofCommit(id).slice(0, 1)));
    fitting.push(...ids.filter((id) => (statusOf(now.runsOf(id, summaries)) || 'none') === verdict));
    if (!hasMore) break;
  }
  return { ids: fitting.slice(from, from + pageSize), hasMore: fitting.length >= enough };
}

/** Commits that are looked at in one go where only some of them are wanted. */
const scanned = 1000;

async function describe(parts: ViewerParts, now: Now, ids: readonly ObjectId[]): Promise<{ items: CommitItem[]; areJudged: boolean }> {
  const stored = ids.flatMap((id) => now.index.ofCommit(id));
  const [heads, scripts, summaries] = await Promise.all([
    readCommitHeads(parts.objects, ids),
    readScriptIds(parts.objects, ids),
    parts.index.readSummaries(stored),
  ]);
  const withoutRuns = ids.flatMap((commit, at) => {
    const head = heads[at];
    return head === undefined || now.runsOf(commit, summaries).length > 0 ? [] : [{ commit, tree: head.tree, script: scripts[at] }];
  });
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

const statusOf = ([newest]: readonly RunItem[]): RunItem['status'] | '' => newest?.status ?? '';
