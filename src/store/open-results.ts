import { subjectOf } from '../git/commit-text.ts';
import { readSubjects } from '../git/subjects.ts';
import { readObjects } from '../git/objects.ts';
import type { Repository } from '../git/repository.ts';
import type { GitObject } from '../git/whole-objects.ts';
import type { ObjectId } from '../model/object-id.ts';
import { isRunStatus, type RunStatus } from '../model/outcome.ts';
import { parseResultMessage, type ResultSummary } from '../model/trailers.ts';
import { addTooBigResults, loadTooBigResults } from './too-big-results.ts';

/** A result that is here. */
export interface OpenedResult {
  result: ObjectId;
  /** `undefined` if it is no result, cannot be read, or is too big to be read. */
  summary: ResultSummary | undefined;
}

export interface Opened {
  /** The results that are here, by the name they were asked for. */
  results: ReadonlyMap<string, OpenedResult>;
  /** The subjects of the commits that are here. */
  subjects: Map<ObjectId, string>;
}

/**
 * Opens results, and source commits for their subjects, with one git process; one more if the Go tool wrote some of the
 * results, and one if a message is too long, or not in UTF-8.
 * @param names of results: ids or full ref names.
 */
export async function openResults(repo: Repository, names: readonly string[], commits: readonly ObjectId[] = []): Promise<Opened> {
  const known = loadTooBigResults(repo.commonDir);
  const { results, tooBig, subjects, foreign } = await readAll(repo, names.filter((name) => !known.has(name)), commits);
  addTooBigResults(repo.commonDir, tooBig);
  await addBareStatuses(repo, [...results.values()]);
  for (const name of names) {
    const result = known.get(name) ?? tooBig.get(name);
    if (result !== undefined) results.set(name, { result, summary: undefined });
  }
  for (const [id, subject] of await readSubjects(repo, foreign)) subjects.set(id, subject);
  return { results, subjects };
}

interface AllRead {
  results: Map<string, OpenedResult>;
  tooBig: Map<string, ObjectId>;
  subjects: Map<ObjectId, string>;
  /** Commits whose message is too long, or not in UTF-8. */
  foreign: ObjectId[];
}

async function readAll(repo: Repository, names: readonly string[], commits: readonly ObjectId[]): Promise<AllRead> {
  const read: AllRead = { results: new Map(), tooBig: new Map(), subjects: new Map(), foreign: [] };
  let position = 0;
  await readObjects(repo, [...names, ...commits], (object, name, tooBig) => {
    const isResult = position++ < names.length;
    if (isResult && object !== undefined) read.results.set(name, { result: object.id, summary: summaryOf(object) });
    if (isResult && tooBig !== undefined) read.tooBig.set(name, tooBig.id);
    if (isResult || (object ?? tooBig)?.type !== 'commit') return;
    const subject = object === undefined ? undefined : subjectOf(object.body);
    if (subject === undefined) read.foreign.push(name);
    else read.subjects.set(name, subject);
  });
  return read;
}

const summaryOf = ({ type, body }: GitObject): ResultSummary | undefined =>
  type === 'commit' ? parseResultMessage(body.toString('utf8', body.indexOf('\n\n') + 2)) : undefined;

/** Results of the Go tool say it in `status.txt` alone. */
async function addBareStatuses(repo: Repository, results: readonly OpenedResult[]): Promise<void> {
  const silent = results.filter(({ summary }) => summary === undefined);
  let next = 0;
  await readObjects(repo, silent.map(({ result }) => `${result}:status.txt`), (object) => {
    const entry = silent[next++];
    const status = object?.body.toString('utf8', 0, 100).trim() ?? '';
    if (entry !== undefined && isRunStatus(status)) entry.summary = bareSummary(status);
  });
}

function bareSummary(status: RunStatus): ResultSummary {
  return {
    status,
    outcome: undefined,
    durationMs: undefined,
    tree: undefined,
    script: undefined,
    branch: undefined,
    trigger: undefined,
    exitCode: undefined,
    dirty: false,
  };
}
