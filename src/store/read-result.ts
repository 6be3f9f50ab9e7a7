import { refusal } from '../base/errors.ts';
import { gitFailed, tryGit } from '../git/exec.ts';
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
 * @param most files and folders. A few trees that name each other again and again are more than anybody has room for.
 * @throws JciError (3) when its objects are missing, or when there are more files than that.
 */
export async function listFiles(repo: Repository, { result, runId }: StoredRunRef, most = Number.POSITIVE_INFINITY): Promise<ResultFile[]> {
  const stop = new AbortController();
  const files: ResultFile[] = [];
  let rest: Buffer = Buffer.alloc(0);
  // With folders: empty ones may be as many.
  const args = ['ls-tree', '-r', '-t', '-l', '-z', '--full-tree', result];
  let entries = 0;
  const ended = await tryGit(repo, args, {
    signal: stop.signal,
    onStdout(chunk) {
      if (stop.signal.aborted) return;
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let start = 0;
      for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, start)) {
        const file = parseEntry(bytes.subarray(start, end));
        if (file.mode !== folder && file.mode !== gitlink) files.push(file);
        entries += 1;
        start = end + 1;
      }
      rest = Buffer.from(bytes.subarray(start));
      if (entries > most) stop.abort();
    },
  });
  if (stop.signal.aborted) throw refusal(`the result of run ${runId} has more than ${most} files`, { hint: `git jci get ${runId}` });
  if (ended.exitCode !== 0) throw refusal(`the result of run ${runId} cannot be read`, { hint: 'git jci verify tells what is missing', cause: gitFailed(args, ended) });
  return files;
}

const folder = '040000';
/** A commit of another repository, of which nothing is here. */
const gitlink = '160000';

/** `<mode> <type> <id> <size>\t<path>`, the size padded with spaces. */
function parseEntry(entry: Buffer): ResultFile {
  const tab = entry.indexOf(9);
  const [mode = '', , id = '', size = ''] = entry.toString('latin1', 0, tab).split(/ +/);
  const rawPath = Buffer.from(entry.subarray(tab + 1));
  return { path: rawPath.toString('utf8'), rawPath, mode, id, size: Number(size) || 0 };
}
