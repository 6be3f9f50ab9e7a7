import type { RunDetail } from '../../api/run-detail.ts';
import type { ObjectSession } from '../../git/object-session.ts';
import type { Repository } from '../../git/repository.ts';
import { summaryName } from '../../model/artefact-name.ts';
import { parseRecord, parseSteps, parseTests } from '../../model/result-files.ts';
import type { TestCase, TestsFile } from '../../model/test-case.ts';
import { isArtefact, listFiles, type ResultFile } from '../../store/read-result.ts';
import type { StoredRunRef } from '../../store/run-list.ts';
import { artefactKind, hrefOf } from './artefact-kind.ts';

/** What a result says, which never changes. */
export type ResultContent = Pick<RunDetail, 'record' | 'steps' | 'tests' | 'artefacts' | 'summaryHtml' | 'log'> & {
  files: readonly ResultFile[];
};

/** Reads results, and remembers the latest. */
export interface ResultReader {
  /** @throws JciError (3) when its objects are missing. */
  read(run: StoredRunRef): Promise<ResultContent>;
  /** All its test cases, also those that passed; not remembered. */
  readTests(run: StoredRunRef): Promise<TestsFile | undefined>;
}

/** Results that are remembered, and their files. */
const mostResults = 50;
const mostKnownFiles = 200_000;

/** Failed tests that are told with a run. */
const mostFailed = 200;

export function createResultReader(repo: Repository, objects: ObjectSession): ResultReader {
  const known = new Map<string, { reading: Promise<ResultContent>; files: number }>();
  const forget = (): void => {
    let files = [...known.values()].reduce((sum, entry) => sum + entry.files, 0);
    for (const [id, entry] of known) {
      if (known.size <= mostResults && files <= mostKnownFiles) return;
      known.delete(id);
      files -= entry.files;
    }
  };
  return {
    read(run) {
      const entry = known.get(run.result) ?? { reading: readResult(repo, objects, run), files: 0 };
      known.delete(run.result);
      known.set(run.result, entry);
      entry.reading.then(
        ({ files }) => {
          entry.files = files.length;
          forget();
        },
        () => known.delete(run.result),
      );
      return entry.reading;
    },
    async readTests({ result }) {
      const [tests] = await objects.read([`${result}:tests.json`]);
      return parseTests(tests?.body);
    },
  };
}

async function readResult(repo: Repository, objects: ObjectSession, run: StoredRunRef): Promise<ResultContent> {
  const names = ['jci.json', 'steps.json', 'tests.json', summaryName];
  const [files, bodies] = await Promise.all([listFiles(repo, run), objects.read(names.map((name) => `${run.result}:${name}`))]);
  const [record, stepsFile, testsFile, summary] = bodies.map((answer) => answer?.body);
  const tests = parseTests(testsFile);
  const reports = new Set(tests?.cases.map(({ report }) => report));
  return {
    files,
    record: parseRecord(record) ?? null,
    steps: parseSteps(stepsFile)?.steps ?? [],
    tests: tests === undefined ? null : { totals: tests.totals, failed: failedOf(tests), omitted: tests.omitted ?? 0 },
    artefacts: files.filter((file) => isArtefact(file)).map((file) => artefactOf(file, reports)),
    summaryHtml: summary === undefined ? null : await renderSummary(summary),
    log: { bytes: files.find(({ path }) => path === 'run.output.txt')?.size ?? 0 },
  };
}

const failedOf = ({ cases }: TestsFile): TestCase[] => cases.filter(({ status }) => status === 'failed' || status === 'error').slice(0, mostFailed);

function artefactOf({ path, rawPath, mode, id, size }: ResultFile, reports: ReadonlySet<string>): RunDetail['artefacts'][number] {
  return { path, href: hrefOf(rawPath), id, size, executable: mode === '100755', kind: artefactKind(path, mode, reports) };
}

/** Bytes of a summary that are rendered. */
const mostSummaryBytes = 256 * 1024;

async function renderSummary(body: Buffer): Promise<string> {
  const { markdownToHtml } = await import('../../page/summary-section.ts');
  return markdownToHtml({ head: body.subarray(0, mostSummaryBytes), bytes: body.length });
}
