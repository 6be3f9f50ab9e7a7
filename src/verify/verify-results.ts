import { lastWords, tryGit } from '../git/exec.ts';
import { readObjects } from '../git/objects.ts';
import type { Repository } from '../git/repository.ts';
import { goodSignature, readSignatures, type Signature } from '../git/signatures.ts';
import { isVerdict } from '../model/outcome.ts';
import { parseRecord } from '../model/result-files.ts';
import type { StoredRunRef } from '../store/run-list.ts';

/** What is known of a result's worth. */
export interface Verification {
  run: StoredRunRef;
  /** Sentences; none means that the result is whole. */
  problems: string[];
  signature: Signature | undefined;
}

/**
 * Checks results: every object is here and hashes to its name, the result is one of ours, its record fits its ref, and a
 * signature verifies.
 * @param mustBeSigned a result without a good signature is a problem too.
 */
export async function verifyResults(
  repo: Repository,
  runs: readonly StoredRunRef[],
  mustBeSigned: boolean,
): Promise<Verification[]> {
  const broken = await brokenObjects(repo, runs);
  const whole = runs.filter(({ result }) => !broken.has(result));
  const wrong = await formProblems(repo, whole);
  const signatures = await readSignatures(repo, whole.map(({ result }) => result), true);
  return runs.map((run) => {
    const signature = signatures.get(run.result);
    const problems = [broken.get(run.result) ?? [], wrong.get(run.result) ?? [], signatureProblems(signature, mustBeSigned)].flat();
    return { run, problems, signature };
  });
}

/** All in one git process; only if that fails, one each to tell which. */
async function brokenObjects(repo: Repository, runs: readonly StoredRunRef[]): Promise<Map<string, string[]>> {
  const broken = new Map<string, string[]>();
  if ((await objectError(repo, runs)) === undefined) return broken;
  for (const run of runs) {
    const error = await objectError(repo, [run]);
    if (error !== undefined) broken.set(run.result, [`an object is missing or damaged: ${error}`]);
  }
  return broken;
}

async function objectError(repo: Repository, runs: readonly StoredRunRef[]): Promise<string | undefined> {
  if (runs.length === 0) return undefined;
  const input = `${runs.map(({ result }) => result).join('\n')}\n`;
  // Walks what is reachable and reads every object: a file that rotted does not hash to its name.
  const walked = await tryGit(repo, ['rev-list', '--objects', '--verify-objects', '--stdin'], { input, onStdout: () => undefined });
  // Of content that does not fit its name git only says so, and goes on.
  return walked.exitCode === 0 && !/^error: /m.test(walked.stderr) ? undefined : lastWords(walked.stderr);
}

/** What is wrong with the form of a result, by result id. */
async function formProblems(repo: Repository, runs: readonly StoredRunRef[]): Promise<Map<string, string[]>> {
  const problems = new Map<string, string[]>();
  const names = runs.flatMap(({ result }) => [result, `${result}:status.txt`, `${result}:jci.json`]);
  const bodies: (Buffer | undefined)[] = [];
  await readObjects(repo, names, (object) => bodies.push(object?.body));
  runs.forEach((run, index) => {
    const [commit, status, record] = bodies.slice(3 * index, 3 * index + 3);
    problems.set(run.result, [...commitProblems(commit), ...statusProblems(status), ...recordProblems(record, run)]);
  });
  return problems;
}

function commitProblems(commit: Buffer | undefined): string[] {
  const header = commit?.toString('latin1', 0, commit.indexOf('\n\n')) ?? '';
  return /^parent /m.test(header) ? ['it has a parent: a result has none'] : [];
}

function statusProblems(status: Buffer | undefined): string[] {
  const text = status?.toString('utf8', 0, 100).trim() ?? '';
  return isVerdict(text) ? [] : ['status.txt is missing or says neither ok, err nor running'];
}

/** Results of the Go tool have no record. */
function recordProblems(bytes: Buffer | undefined, run: StoredRunRef): string[] {
  if (bytes === undefined) return [];
  const record = parseRecord(bytes);
  if (record === undefined) return ['jci.json cannot be read'];
  return record.commit === run.commit && record.runId === run.runId ? [] : [`jci.json is about run ${record.runId} of ${record.commit}`];
}

function signatureProblems(signature: Signature | undefined, mustBeSigned: boolean): string[] {
  const state = signature?.state ?? 'N';
  if (state === goodSignature || (!mustBeSigned && (state === 'N' || state === 'U' || state === 'E'))) return [];
  const words: Record<string, string> = {
    N: 'it is not signed',
    U: 'the key that signed it is not trusted',
    B: 'the signature is bad: the result was changed after it was signed',
    E: 'the signature cannot be checked: the key is missing',
    R: 'the key that signed it was revoked',
    X: 'the signature has expired',
    Y: 'the key that signed it has expired',
  };
  return [words[state] ?? `git says '${state}' of the signature`];
}
