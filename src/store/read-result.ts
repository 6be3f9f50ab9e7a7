import { JciError, refusal } from '../base/errors.ts';
import { listTree, type ListedEntry } from '../git/list-tree.ts';
import { readBodies } from '../git/objects.ts';
import type { Repository } from '../git/repository.ts';
import { reservedNames } from '../model/artefact-name.ts';
import type { RunRecord } from '../model/record.ts';
import type { StepsFile } from '../model/step.ts';
import type { TestsFile } from '../model/test-case.ts';
import { parseRecord, parseSteps, parseTests } from '../model/result-files.ts';
import type { StoredRunRef } from './run-list.ts';

/** A file of a result. */
export interface ResultFile {
  /** With `/` between folders; bytes that are not UTF-8 are replaced. */
  path: string;
  /** The same, exactly. */
  rawPath: Buffer;
  mode: string;
  id: string;
  size: number;
}

/** True for an artefact of the script, as against a file of ours. The page counts as an artefact: it may be either's. */
export const isArtefact = ({ path }: ResultFile): boolean => !reservedNames.has(path);

/**
 * What a result says about its run. Missing or garbled files read as `undefined`, never as an error: results come from
 * other people and other versions.
 */
export interface ResultDetails {
  record: RunRecord | undefined;
  steps: StepsFile | undefined;
  tests: TestsFile | undefined;
}

/** Reads the record, steps and tests of a result with one git process. */
export async function readDetails(repo: Repository, { result }: StoredRunRef): Promise<ResultDetails> {
  const [record, steps, tests] = await readBodies(repo, ['jci.json', 'steps.json', 'tests.json'].map((name) => `${result}:${name}`));
  return { record: parseRecord(record), steps: parseSteps(steps), tests: parseTests(tests) };
}

/** Files and folders of a result that are listed, everywhere. A list of more is of no use to anybody. */
const mostEntries = 200_000;
/** Bytes of their paths. Those of a hundred thousand files of ours are some 10 MiB. */
const mostPathBytes = 64 * 1024 * 1024;

/** The files of a result, as far as they can be listed. */
export interface FileList {
  /** In git's order. */
  files: readonly ResultFile[];
  /** What it has more of than is listed, in words. */
  moreThan: string | undefined;
}

/**
 * Lists the files of a result until there are too many.
 * @throws JciError (3) when its objects are missing.
 */
export async function listFilesThere(repo: Repository, run: StoredRunRef): Promise<FileList> {
  const files: ResultFile[] = [];
  let [entries, pathBytes] = [0, 0];
  const isWhole = await listTree(repo, run.result, 'deep', ({ path: rawPath, ...entry }) => {
    entries += 1;
    pathBytes += rawPath.length;
    if (entries > mostEntries || pathBytes > mostPathBytes) return false;
    if (entry.mode !== folder && entry.mode !== gitlink) files.push({ ...entry, path: rawPath.toString('utf8'), rawPath });
    return true;
  }).catch(cannotRead(run));
  if (isWhole) return { files, moreThan: undefined };
  return { files, moreThan: entries > mostEntries ? `${mostEntries} files` : `${mostPathBytes / 1024 / 1024} MiB of file names` };
}

/**
 * Lists all files of a result.
 * @throws JciError (3) when its objects are missing, or when there are more files than anybody lists.
 */
export async function listFiles(repo: Repository, run: StoredRunRef): Promise<readonly ResultFile[]> {
  const { files, moreThan } = await listFilesThere(repo, run);
  if (moreThan === undefined) return files;
  throw refusal(`the result of run ${run.runId} has more than ${moreThan}: it stays as it is, and they are not listed`, {
    hint: `git jci cat ${run.runId} PATH gives one of them; all, if you know that there is room: git archive ${run.ref} | tar -xC DIR`,
  });
}

/**
 * Finds a file of a result by its path. Only the folders on the way to it are looked into, however many others there are.
 * @param path as `ResultFile` has it.
 * @throws JciError (3) when one of these folders is missing.
 */
export async function findFile(repo: Repository, run: StoredRunRef, path: string): Promise<Pick<ResultFile, 'mode' | 'id'> | undefined> {
  const names = path.split('/');
  const last = names.pop() ?? '';
  let tree: string = run.result;
  for (const name of names) {
    const found = await findEntry(repo, run, tree, (entry) => entry.mode === folder && nameOf(entry) === name);
    if (found === undefined) return undefined;
    tree = found.id;
  }
  return findEntry(repo, run, tree, (entry) => entry.mode !== folder && entry.mode !== gitlink && nameOf(entry) === last);
}

async function findEntry(repo: Repository, run: StoredRunRef, tree: string, fits: (entry: ListedEntry) => boolean): Promise<ListedEntry | undefined> {
  let found: ListedEntry | undefined;
  await listTree(repo, tree, 'flat', (entry) => {
    if (fits(entry)) found = entry;
    return found === undefined;
  }).catch(cannotRead(run));
  return found;
}

const nameOf = ({ path }: ListedEntry): string => path.toString('utf8');

const cannotRead = ({ runId }: StoredRunRef) => (cause: unknown): never => {
  if (!(cause instanceof JciError)) throw cause;
  throw refusal(`the result of run ${runId} cannot be read`, { hint: 'git jci verify tells what is missing', cause });
};

const folder = '040000';
/** A commit of another repository, of which nothing is here. */
const gitlink = '160000';
