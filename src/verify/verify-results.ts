import { readObjects } from '../git/objects.ts';
import type { Repository } from '../git/repository.ts';
import { goodSignature, readSignatures, type Signature } from '../git/signatures.ts';
import { isRunStatus, statusOf } from '../model/outcome.ts';
import { parseRecord } from '../model/result-files.ts';
import { parseResultMessage, type ResultSummary } from '../model/trailers.ts';
import { belongsTo } from '../model/verdict-rule.ts';
import type { StoredRunRef } from '../store/run-list.ts';
import { findDamage, mostDamage, type Damage } from './find-damage.ts';

/** What is known of a result's worth. */
export interface Verification {
  run: StoredRunRef;
  /** Sentences; none means that the result is whole. */
  problems: string[];
  /** Which of its objects are missing or not what they should be. */
  damage: Damage[];
  signature: Signature | undefined;
}

/**
 * Checks results: every object is here and hashes to its name, the result is one of ours, its record fits its ref, and a
 * signature verifies.
 * @param mustBeSigned a result without a good signature is a problem too.
 */
export async function verifyResults(
  repository: Repository,
  runs: readonly StoredRunRef[],
  mustBeSigned: boolean,
): Promise<Verification[]> {
  const repo = withoutReplacements(repository);
  const damages = await findDamage(repo, runs);
  const whole = runs.filter(({ result }) => !damages.has(result));
  const wrong = await formProblems(repo, whole, mustBeSigned);
  const signatures = await readSignatures(repo, whole.map(({ result }) => result));
  return runs.map((run) => {
    const damage = damages.get(run.result) ?? [];
    // What cannot be read cannot be judged: it is neither signed nor unsigned.
    if (damage.length > 0) return { run, problems: damageProblems(damage), damage, signature: undefined };
    const signature = signatures.get(run.result);
    return { run, problems: [...(wrong.get(run.ref) ?? []), ...signatureProblems(signature, mustBeSigned)], damage, signature };
  });
}

/** `git replace` shows other content under an object's name: fine for reading history, not for evidence. */
const withoutReplacements = (repo: Repository): Repository => ({ ...repo, env: { ...repo.env, GIT_NO_REPLACE_OBJECTS: '1' } });

/** Of more damage than this, the rest is counted: a pack that is gone takes everything with it. */
const damageShown = 10;

function damageProblems(damage: readonly Damage[]): string[] {
  const shown = damage.slice(0, damageShown).map(({ path, type, id, words }) => `${nameOf(path, type)} ${words} (${type} ${id})`);
  const more = `${damage.length < mostDamage ? '' : 'at least '}${damage.length - damageShown} more`;
  return damage.length > damageShown ? [...shown, `and ${more}`] : shown;
}

function nameOf(path: string, type: Damage['type']): string {
  if (type === 'commit') return 'the result itself';
  if (path === '') return 'the list of its files';
  return type === 'tree' ? `the folder '${path}'` : `'${path}'`;
}

type Body = Buffer | 'too big';

/** What is wrong with the form of a result, by ref: several may lead to one result, which is in order under one of them. */
async function formProblems(repo: Repository, runs: readonly StoredRunRef[], mustBeSigned: boolean): Promise<Map<string, string[]>> {
  const problems = new Map<string, string[]>();
  const names = runs.flatMap(({ result }) => [result, `${result}:status.txt`, `${result}:jci.json`]);
  const bodies: (Body | undefined)[] = [];
  await readObjects(repo, names, (object, _, tooBig) => bodies.push(tooBig === undefined ? object?.body : 'too big'));
  runs.forEach((run, index) => {
    const [commit, status, record] = bodies.slice(3 * index, 3 * index + 3);
    const summary = commit === undefined || commit === 'too big' ? undefined : parseResultMessage(commit.toString('utf8', commit.indexOf('\n\n') + 2));
    const ofFiles = [...statusProblems(status), ...recordProblems(record, run), ...contradictions(summary, status, record)];
    problems.set(run.ref, [...commitProblems(commit), ...nameProblems(summary, run, mustBeSigned), ...ofFiles]);
  });
  return problems;
}

function commitProblems(commit: Body | undefined): string[] {
  if (commit === 'too big') return ['its message is too long to be one of ours'];
  const header = commit?.toString('latin1', 0, commit.indexOf('\n\n')) ?? '';
  return /^parent /m.test(header) ? ['it has a parent: a result has none'] : [];
}

/** What is signed is the message: it has to say whose result it is. */
function nameProblems(summary: ResultSummary | undefined, run: StoredRunRef, mustBeSigned: boolean): string[] {
  if (summary?.about === undefined) return mustBeSigned ? ['its message does not say which run it is of'] : [];
  return belongsTo(run, summary, mustBeSigned) ? [] : [`its message is about run ${summary.about.replace(/(.*)\/(.*)/, '$2 of $1')}`];
}

function statusProblems(status: Body | undefined): string[] {
  const text = Buffer.isBuffer(status) ? status.toString('utf8', 0, 100).trim() : '';
  return isRunStatus(text) ? [] : ['status.txt is missing or says neither ok, err nor running'];
}

/** Results of the Go tool have no record. */
function recordProblems(bytes: Body | undefined, run: StoredRunRef): string[] {
  if (bytes === undefined) return [];
  const record = bytes === 'too big' ? undefined : parseRecord(bytes);
  if (record === undefined) return ['jci.json cannot be read'];
  return record.commit === run.commit && record.runId === run.runId ? [] : [`jci.json is about run ${record.runId} of ${record.commit}`];
}

/** Verdicts go by the message, people by the files: whoever changes one of them has made two results of it. */
function contradictions(summary: ResultSummary | undefined, status: Body | undefined, bytes: Body | undefined): string[] {
  const record = parseRecord(readable(bytes));
  const text = readable(status)?.toString('utf8', 0, 100).trim();
  const { outcome } = summary ?? {};
  return [
    ...differ('status.txt', text, 'its message', summary?.status),
    ...differ('status.txt', text, 'jci.json', record?.status),
    ...differ('the outcome in its message', outcome && statusOf(outcome), 'the status there', summary?.status),
    ...differ('jci.json', record?.outcome, 'its message', outcome),
    ...differ('of its tree, jci.json', record?.tree, 'its message', summary?.tree),
    ...differ('of its script, jci.json', record?.script, 'its message', summary?.script),
    ...differ('of local changes, jci.json', record?.dirty, 'its message', summary?.dirty),
  ];
}

const readable = (body: Body | undefined): Buffer | undefined => (body === 'too big' ? undefined : body);

/** What one of them does not say contradicts nothing. */
const differ = <T>(one: string, said: T | undefined, other: string, saidThere: T | undefined): string[] =>
  said === undefined || saidThere === undefined || said === saidThere ? [] : [`${one} says ${String(said)}, ${other} says ${String(saidThere)}`];

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
