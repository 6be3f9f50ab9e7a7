import { fatalError, JciError, messageOf } from '../base/errors.ts';
import type { GitConfig } from '../git/config.ts';
import { findIdentity } from '../git/identity.ts';
import { showPath } from '../git/pack/raw-path.ts';
import type { ExtraFile } from '../git/pack/stored-item.ts';
import type { Repository } from '../git/repository.ts';
import { gitVersion } from '../git/version.ts';
import type { RunRecord } from '../model/record.ts';
import type { Step } from '../model/step.ts';
import type { KnownSecrets } from '../output/known-secrets.ts';
import type { LogSummary } from '../output/log-reader.ts';
import { resultPage } from '../page/result-page.ts';
import { removeActiveRun, type ActiveRun } from '../store/active-run.ts';
import { activeFiles, activeFolder } from '../store/paths.ts';
import { buildRecord } from './build-record.ts';
import { gatherOutput, type Gathered } from './gather.ts';
import { readSummary } from './read-summary.ts';
import { readTail } from './read-tail.ts';
import { describeIgnoredFailures } from '../step/ignored-failures.ts';
import { completeSteps, readStepRecords } from '../step/step-records.ts';
import type { RunEnd } from '../model/run-end.ts';
import { storeRun, type StoredRun } from './store-run.ts';
import { keptNote, removeOutput } from './remove-output.ts';

/** A run whose script is over, however it ended. */
export interface OverRun {
  run: ActiveRun;
  end: RunEnd;
  durationMs: number;
  sign: boolean;
  gitConfig: GitConfig;
  secrets: KnownSecrets;
  /** Writes the footer into the log and closes it; called once everything worth saying is known. */
  closeLog(notes: readonly string[]): LogSummary;
}

/** The page shows the end of the log, where the verdict is. */
const logTailBytes = 64 * 1024;

/**
 * Stores a run that is over, then removes its output directory and its active record.
 * @throws JciError (128) when it cannot be stored: then everything stays where it is, and the error says where.
 */
export async function finishRun(repo: Repository, over: OverRun): Promise<StoredRun> {
  const { run } = over;
  const [gathered, git] = await Promise.all([gatherOutput(run.outputDir, over.secrets), gitVersion(repo)]);
  const files = activeFiles(activeFolder(repo.commonDir, run));
  const stepRecords = readStepRecords(files.steps).map((step) => (over.secrets.areAll ? step : { ...step, name: '***' }));
  const ignored = over.end.outcome === 'passed' ? describeIgnoredFailures(stepRecords) : [];
  // They hold names that the script chose, and have not been through the masker.
  const notes = [...over.end.notes, ...ignored, ...gathered.notes, ...keptNote(repo, run, gathered)].map((note) => over.secrets.redact(note));
  const log = withoutSecrets(over.closeLog(notes), over.secrets);
  const steps = completeSteps(log.steps, stepRecords, Date.parse(run.startedAt));
  const record = buildRecord(repo.ctx, {
    run,
    end: over.end,
    durationMs: over.durationMs,
    gitVersion: git,
    steps,
    annotations: log.annotations,
    annotationsOmitted: log.annotationsOmitted,
    tests: gathered.tests?.totals,
    notes,
  });
  const stored = await storeOrExplain(repo, over, { record, gathered, files: await ownFiles(over.secrets, files.log, { record, steps, log, gathered }) });
  const left = await removeOutput(repo, run, gathered);
  removeActiveRun(repo.commonDir, run);
  return left === undefined ? stored : { ...stored, lateNotes: [...stored.lateNotes, left] };
}

/** The log was masked as it was written, but names and messages are read with their escapes undone. */
function withoutSecrets(log: LogSummary, secrets: KnownSecrets): LogSummary {
  const redact = (text: string): string => secrets.redact(text);
  const steps = log.steps.map((step) => ({ ...step, name: redact(step.name) }));
  const annotations = log.annotations.map(({ message, title, file, ...rest }) => ({
    ...rest,
    message: redact(message),
    ...(title === undefined ? {} : { title: redact(title) }),
    ...(file === undefined ? {} : { file: redact(file) }),
  }));
  return { ...log, steps, annotations };
}

type Unstored = { record: RunRecord; gathered: Gathered; files: ExtraFile[] };

async function storeOrExplain(repo: Repository, over: OverRun, result: Unstored): Promise<StoredRun> {
  const identity = findIdentity(repo.env, over.gitConfig);
  try {
    return await storeRun(repo, { ...result, sign: over.sign, identity });
  } catch (error) {
    throw fatalError(`run ${over.run.runId} ${over.end.outcome}, but ${messageOf(error)}`, {
      hint: `nothing is lost: its output is in ${over.run.outputDir}; ${hintOfCause(error) ?? 'once the cause is gone, any git jci command stores it (git jci ls)'}`,
      cause: error,
    });
  }
}

/** The hint of the error underneath, which knows better what to do. */
const hintOfCause = (error: unknown): string | undefined =>
  error instanceof Error && error.cause instanceof JciError ? error.cause.hint : undefined;

interface Known {
  record: RunRecord;
  steps: Step[];
  log: LogSummary;
  gathered: Gathered;
}

async function ownFiles(secrets: KnownSecrets, logPath: string, known: Known): Promise<ExtraFile[]> {
  const { steps, log, gathered } = known;
  const { tests } = gathered;
  const json = (name: string, value: unknown): ExtraFile => ({ name, content: Buffer.from(`${JSON.stringify(value)}\n`) });
  return [
    { name: 'run.output.txt', content: { path: logPath } },
    ...(steps.length > 0 ? [json('steps.json', { version: 1, steps })] : []),
    ...(tests === undefined ? [] : [json('tests.json', tests)]),
    ...(log.timing === undefined ? [] : [{ name: 'timing.idx', content: Buffer.from(log.timing) }]),
    ...(hasOwnPage(gathered) ? [] : [{ name: 'index.html', content: await page(secrets, logPath, known) }]),
  ];
}

/** The script's own index.html wins over ours. */
const hasOwnPage = ({ entries }: Gathered): boolean => entries.some(({ path }) => path === 'index.html');

async function page(secrets: KnownSecrets, logPath: string, { record, steps, gathered }: Known): Promise<Buffer> {
  const { entries, tests } = gathered;
  const { text, bytes } = readTail(logPath, logTailBytes);
  const artefacts = entries.map(({ path, size }) => ({ path: showPath(path), size }));
  // Markdown has escapes of its own, by which a secret went unfound in the file.
  const summary = secrets.redact(await summaryOf(gathered));
  const parts = { record, steps, artefacts, summary, logTail: text, logBytes: bytes };
  return Buffer.from(resultPage(tests === undefined ? parts : { ...parts, tests }));
}

async function summaryOf(gathered: Gathered): Promise<string> {
  const summary = readSummary(gathered);
  if (summary === undefined) return '';
  const { summarySection } = await import('../page/summary-section.ts');
  return summarySection(summary);
}
