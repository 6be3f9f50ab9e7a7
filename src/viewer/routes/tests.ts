import { Hono, type Context } from 'hono';
import { flakyTests as flakyShape, foundTests, testHistory, testList, type FlakyTests } from '../../api/tests.ts';
import { testStatuses, type TestCase } from '../../model/test-case.ts';
import { answer, unchanged } from '../http/answer.ts';
import { badRequest, notFound } from '../http/problems.ts';
import { choice, wholeNumber } from '../http/query.ts';
import type { ViewerParts } from '../parts.ts';
import { findStored, parseRunKey } from '../results/find-run.ts';
import type { RunIndex } from '../results/run-index.ts';
import { findTests } from '../trends/find-tests.ts';
import { flakyTests } from '../trends/flaky-tests.ts';
import { testHistoryOf } from '../trends/test-history.ts';

/** Cases of one answer. */
const pageOfCases = 500;

/** Runs that a history is looked for in, and flaky tests: as many as `git jci flaky` looks at. */
const historyRuns = 500;
const flakyRuns = 1000;

/** `/api/tests/<commit>/<run id>`, `/api/tests/history` and `/api/flaky`. */
export function testsRoutes(parts: ViewerParts): Hono {
  const flaky = createFlakyFinder(parts);
  const app = new Hono();
  app
    .get('/api/tests/history', (c) => answerHistory(parts, c))
    .get('/api/tests/find', (c) => answerFound(parts, c))
    .get('/api/tests/:commit/:runId', (c) => answerTests(parts, c, c.req.param()))
    .get('/api/flaky', async (c) => {
      const index = await parts.index.read();
      const tag = `flaky.${index.state}`;
      const known = unchanged(c, tag);
      if (known !== undefined) return known;
      const { found, isWhole } = await flaky(index);
      return answer(c, flakyShape, found, isWhole ? tag : undefined);
    });
  return app;
}

async function answerTests(parts: ViewerParts, c: Context, { commit, runId }: { commit: string; runId: string }): Promise<Response> {
  const run = await findStored(parts, parseRunKey('the run', `${commit}/${runId}`));
  const status = choice(c, 'status', testStatuses);
  const text = (c.req.query('text') ?? '').toLowerCase();
  const offset = wholeNumber(c, 'offset') ?? 0;
  const tag = `tests.${run.result}.${encodeURIComponent(c.req.url.split('?')[1] ?? '')}`;
  const known = unchanged(c, tag);
  if (known !== undefined) return known;
  const file = await parts.results.readTests(run);
  if (file === undefined) throw notFound(`run ${runId} has no tests`, 'write JUnit XML or TAP files into $JCI_OUTPUT_DIR');
  const fits = (test: TestCase): boolean =>
    (status === undefined || statusOf(test) === status || test.status === status) && (text === '' || `${test.suite} ${test.name}`.toLowerCase().includes(text));
  const cases = file.cases.filter(fits).sort(failuresThenSlowest);
  return answer(c, testList, { totals: file.totals, cases: cases.slice(offset, offset + pageOfCases), found: cases.length, omitted: file.omitted ?? 0 }, tag);
}

const statusOf = ({ status }: TestCase): TestCase['status'] => (status === 'error' ? 'failed' : status);

const failuresThenSlowest = (a: TestCase, b: TestCase): number =>
  Number(statusOf(b) === 'failed') - Number(statusOf(a) === 'failed') || (b.durationMs ?? 0) - (a.durationMs ?? 0);

async function answerHistory(parts: ViewerParts, c: Context): Promise<Response> {
  const name = c.req.query('name');
  if (name === undefined) throw badRequest('name is missing: /api/tests/history?suite=&name=');
  const limit = Math.min(wholeNumber(c, 'limit') ?? historyRuns, historyRuns);
  const index = await parts.index.read();
  const tag = `history.${index.state}.${encodeURIComponent(c.req.url.split('?')[1] ?? '')}`;
  const known = unchanged(c, tag);
  if (known !== undefined) return known;
  const runs = index.runs.slice(0, historyRuns);
  const [summaries, facts] = await Promise.all([parts.index.readSummaries(runs), parts.facts.read(runs)]);
  const history = testHistoryOf({ suite: c.req.query('suite') ?? '', name, limit }, runs, summaries, facts);
  return answer(c, testHistory, history, facts.isWhole ? tag : undefined);
}

async function answerFound(parts: ViewerParts, c: Context): Promise<Response> {
  const index = await parts.index.read();
  const runs = index.runs.slice(0, historyRuns);
  const [summaries, facts] = await Promise.all([parts.index.readSummaries(runs), parts.facts.read(runs)]);
  return answer(c, foundTests, findTests(c.req.query('text') ?? '', runs, summaries, facts));
}

interface FoundFlaky {
  found: FlakyTests;
  /** False if some results are not here, and may come. */
  isWhole: boolean;
}

/** Looked for once for each state of the refs. */
function createFlakyFinder(parts: ViewerParts): (index: RunIndex) => Promise<FoundFlaky> {
  let last: { state: string; finding: Promise<FoundFlaky> } | undefined;
  return (index) => {
    if (last?.state === index.state) return last.finding;
    const finding = findFlakyTests(parts, index);
    const current = { state: index.state, finding };
    last = current;
    const forget = (): void => {
      if (last === current) last = undefined;
    };
    finding.then(({ isWhole }) => (isWhole ? undefined : forget()), forget);
    return finding;
  };
}

async function findFlakyTests(parts: ViewerParts, index: RunIndex): Promise<FoundFlaky> {
  const runs = index.runs.slice(0, flakyRuns);
  const [summaries, facts] = await Promise.all([parts.index.readSummaries(runs), parts.facts.read(runs)]);
  return { found: { tests: flakyTests(runs, summaries, facts), looked: facts.facts.length }, isWhole: facts.isWhole };
}
