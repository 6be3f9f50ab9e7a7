import { refusal } from '../base/errors.ts';
import { git } from '../git/exec.ts';
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

/**
 * Lists all files of a result, in git's order.
 * @throws JciError (3) when its objects are missing.
 */
export async function listFiles(repo: Repository, { result, runId }: StoredRunRef): Promise<ResultFile[]> {
  const output = await git(repo, ['ls-tree', '-r', '-l', '-z', '--full-tree', result]).catch((error: unknown) => {
    throw refusal(`the result of run ${runId} cannot be read`, { hint: 'git jci verify tells what is missing', cause: error });
  });
  const files: ResultFile[] = [];
  for (let start = 0; start < output.length; ) {
    const end = output.indexOf(0, start);
    files.push(parseEntry(output.subarray(start, end)));
    start = end + 1;
  }
  return files;
}

/** `<mode> <type> <id> <size>\t<path>`, the size padded with spaces. */
function parseEntry(entry: Buffer): ResultFile {
  const tab = entry.indexOf(9);
  const [mode = '', , id = '', size = ''] = entry.toString('latin1', 0, tab).split(/ +/);
  const rawPath = Buffer.from(entry.subarray(tab + 1));
  return { path: rawPath.toString('utf8'), rawPath, mode, id, size: Number(size) || 0 };
}
