import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { badgeApi } from '../../api/paths.ts';
import { loadSettings } from '../../config/load.ts';
import type { CommitVerdict } from '../../model/commit-verdict.ts';
import { badgeSvg } from '../../page/badge.ts';
import { verdictOf } from '../../store/verdict.ts';
import { etag, unchanged } from '../http/answer.ts';
import { badRequest, notFound } from '../http/problems.ts';
import type { ViewerParts } from '../parts.ts';
import type { RunIndex } from '../results/run-index.ts';

const longestLabel = 100;

/** `/api/badge?branch=&label=`: the verdict on a branch, or on HEAD, as an image for any web page. */
export function badgeRoute(parts: ViewerParts): Hono {
  const verdicts = createVerdicts(parts);
  const app = new Hono();
  app.get(badgeApi, async (c) => {
    const branch = c.req.query('branch') ?? '';
    const label = c.req.query('label') ?? 'ci';
    if (label.length > longestLabel) throw badRequest(`label: at most ${longestLabel} characters`);
    const svg = badgeSvg(label, await verdicts(await parts.index.read(), branch));
    const tag = createHash('sha256').update(svg).digest('base64url').slice(0, 22);
    const known = unchanged(c, tag) ?? c.body(svg, 200, { 'Content-Type': 'image/svg+xml', ETag: etag(tag), 'Cache-Control': 'no-cache' });
    known.headers.set('Cross-Origin-Resource-Policy', 'cross-origin');
    return known;
  });
  return app;
}

/** Verdicts by branch, for as long as no ref changes. */
function createVerdicts(parts: ViewerParts): (index: RunIndex, branch: string) => Promise<CommitVerdict> {
  let state = '';
  const known = new Map<string, Promise<CommitVerdict>>();
  return (index, branch) => {
    // HEAD moves without any of our refs.
    if (branch === '') return findVerdict(parts, 'HEAD');
    const tip = index.branches.get(branch);
    if (tip === undefined) throw notFound(`there is no branch '${branch}'`);
    if (index.state !== state) known.clear();
    state = index.state;
    const verdict = known.get(tip) ?? findVerdict(parts, tip);
    known.set(tip, verdict);
    verdict.catch(() => known.delete(tip));
    return verdict;
  };
}

async function findVerdict({ repo, objects }: ViewerParts, name: string): Promise<CommitVerdict> {
  const [commit, tree, script] = await objects.read([`${name}^{commit}`, `${name}^{tree}`, `${name}:.jci/run.sh`]);
  if (commit === undefined || tree === undefined) return 'none';
  const { settings } = await loadSettings(repo);
  const facts = { commit: commit.id, tree: tree.id, script: script?.type === 'blob' ? script.id : undefined };
  return (await verdictOf(repo, facts, settings)).verdict;
}
