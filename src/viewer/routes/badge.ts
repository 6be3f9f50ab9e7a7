import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { badgeApi } from '../../api/paths.ts';
import { loadSettings } from '../../config/load.ts';
import type { CommitVerdict } from '../../model/commit-verdict.ts';
import type { ObjectId } from '../../model/object-id.ts';
import { badgeSvg } from '../../page/badge.ts';
import { verdictOf } from '../../store/verdict.ts';
import { etag, unchanged } from '../http/answer.ts';
import { badRequest, notFound } from '../http/problems.ts';
import type { ViewerParts } from '../parts.ts';
import { readScriptIds } from '../results/commit-heads.ts';
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

interface KnownVerdict {
  verdict: Promise<CommitVerdict>;
  /** Until when it is believed, once it is there. */
  until: number;
}

/** `jci.trust` and the keys of the user change without any ref: a verdict is believed no longer than so. */
const believedMs = 1000;

/** Verdicts by commit: one question for all who ask at the same time. */
function createVerdicts(parts: ViewerParts): (index: RunIndex, branch: string) => Promise<CommitVerdict> {
  const { elapsed } = parts.repo.ctx;
  let state = '';
  const known = new Map<ObjectId, KnownVerdict>();

  function ask(tip: ObjectId): KnownVerdict {
    const asked: KnownVerdict = { verdict: findVerdict(parts, tip), until: Number.POSITIVE_INFINITY };
    asked.verdict.then(
      () => (asked.until = elapsed() + believedMs),
      () => (asked.until = Number.NEGATIVE_INFINITY),
    );
    return asked;
  }

  return async (index, branch) => {
    const tip = branch === '' ? (await parts.objects.read(['HEAD^{commit}']))[0]?.id : index.branches.get(branch);
    if (tip === undefined && branch === '') return 'none';
    if (tip === undefined) throw notFound(`there is no branch '${branch}'`);
    if (index.state !== state) known.clear();
    state = index.state;
    const last = known.get(tip);
    const current = last !== undefined && elapsed() < last.until ? last : ask(tip);
    known.set(tip, current);
    return current.verdict;
  };
}

async function findVerdict({ repo, objects }: ViewerParts, commit: ObjectId): Promise<CommitVerdict> {
  const [[tree], [script]] = await Promise.all([objects.read([`${commit}^{tree}`]), readScriptIds(objects, [commit])]);
  if (tree === undefined) return 'none';
  const { settings } = await loadSettings(repo);
  return (await verdictOf(repo, { commit, tree: tree.id, script }, settings)).verdict;
}
