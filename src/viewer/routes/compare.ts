import { Hono, type Context } from 'hono';
import { comparison, logComparison, type Comparison, type LogComparison } from '../../api/compare.ts';
import type { Artefact } from '../../api/run-detail.ts';
import { changedFiles, pairSteps, type ComparedFile } from '../../model/compare-runs.ts';
import type { Step } from '../../model/step.ts';
import { compareTests } from '../../model/test-history.ts';
import type { StoredRunRef } from '../../store/run-list.ts';
import { compareLogs } from '../compare/compare-logs.ts';
import { answer, unchanged } from '../http/answer.ts';
import { HttpProblem } from '../http/problems.ts';
import { createTurns, inTurn } from '../http/turns.ts';
import type { ViewerParts } from '../parts.ts';
import { findStored, parseRunKey } from '../results/find-run.ts';
import { storedItem } from '../results/run-items.ts';

/** What is listed of each kind, at most. */
const mostTests = 200;
const mostFiles = 500;

/** Logs that are compared at the same time: each comparison has two git processes and a copy of both logs. */
const mostComparisons = 2;
const patienceMs = 30_000;

/** `/api/compare` and `/api/compare/log`: how one stored run differs from another. */
export function compareRoutes(parts: ViewerParts): Hono {
  const turns = createTurns({ most: mostComparisons, patienceMs, elapsed: () => parts.repo.ctx.elapsed() });
  const app = new Hono();
  app
    .get('/api/compare', async (c) => {
      const { before, after, tag } = await readPair(parts, c);
      return unchanged(c, tag) ?? answer(c, comparison, await compare(parts, before, after), tag);
    })
    .get('/api/compare/log', async (c) => {
      const { before, after, tag } = await readPair(parts, c);
      const signal = AbortSignal.any([c.req.raw.signal, parts.closing]);
      const compared = (): Promise<LogComparison> =>
        inTurn(turns, signal, () => compareLogs(parts.repo, before, after, signal)).catch((error: unknown) => {
          // Nobody listens any more: that is no fault of ours.
          throw signal.aborted ? new HttpProblem(503, 'the comparison was ended') : error;
        });
      return unchanged(c, tag) ?? answer(c, logComparison, await compared(), tag);
    });
  return app;
}

async function readPair(parts: ViewerParts, c: Context): Promise<{ before: StoredRunRef; after: StoredRunRef; tag: string }> {
  const [a, b] = [parseRunKey('a', c.req.query('a')), parseRunKey('b', c.req.query('b'))];
  const [before, after] = await Promise.all([findStored(parts, a), findStored(parts, b)]);
  // Two runs may have the same result.
  return { before, after, tag: `compare.${before.runId}.${before.result}.${after.runId}.${after.result}` };
}

async function compare({ index, results }: ViewerParts, before: StoredRunRef, after: StoredRunRef): Promise<Comparison> {
  const summaries = await index.readSummaries([before, after]);
  const [a, b] = await Promise.all([results.read(before), results.read(after)]);
  const [testsBefore, testsAfter] = await Promise.all([results.readTests(before), results.readTests(after)]);
  const tests = compareTests(testsBefore?.cases ?? [], testsAfter?.cases ?? []);
  const paths = new Map([...a.artefacts, ...b.artefacts].map(({ href, path }) => [href, path]));
  const files = changedFiles(comparedFiles(a.artefacts), comparedFiles(b.artefacts));
  return {
    a: storedItem(before, summaries.get(before.result)),
    b: storedItem(after, summaries.get(after.result)),
    steps: pairSteps(a.steps, b.steps).map((pair) => ({ name: pair.name, before: timeOf(pair.before), after: timeOf(pair.after) })),
    tests: {
      fixed: cut(tests.fixed),
      broken: cut(tests.broken),
      stillFailing: cut(tests.stillFailing),
      nowSkipped: cut(tests.nowSkipped),
      nowRunning: cut(tests.nowRunning),
      slower: cut(tests.slower),
      added: cut(tests.added),
      removed: cut(tests.removed),
    },
    artefacts: {
      total: files.length,
      changed: files.slice(0, mostFiles).map(({ name, before: old, after: now }) => ({ path: paths.get(name) ?? name, href: name, before: old?.size ?? null, after: now?.size ?? null })),
    },
  };
}

const cut = <Test>(tests: readonly Test[]): { total: number; tests: Test[] } => ({ total: tests.length, tests: tests.slice(0, mostTests) });

const timeOf = (step: Step | null): Comparison['steps'][number]['before'] =>
  step === null ? null : { durationMs: step.durationMs, ...(step.exitCode === undefined ? {} : { exitCode: step.exitCode }) };

/** By what stands in a URL: paths that are no UTF-8 may look the same. The page of a run is never the same as another's. */
const comparedFiles = (files: readonly Artefact[]): ComparedFile[] => files.flatMap(({ path, href, id, size }) => (path === 'index.html' ? [] : [{ path: href, id, size }]));
