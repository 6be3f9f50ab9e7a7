import { createBatchParser, type ObjectHeader, type ObjectSink } from './batch-parser.ts';
import { git, gitFailed, tryGit, type GitPlace } from './exec.ts';
import { createObjectReader, type GitObject } from './whole-objects.ts';

/**
 * Reads many objects with one git process, a part at a time: for artefacts of any size and number.
 *
 * @param names anything git can resolve (`<id>`, `<rev>:<path>`), without newlines. They go through stdin, where nothing
 * can be taken for an option.
 * @param signal ends git; what it has written by then is still given.
 */
export async function streamObjects(place: GitPlace, names: readonly string[], sink: ObjectSink, signal?: AbortSignal): Promise<void> {
  if (names.length === 0) return;
  const args = ['-c', streamingThreshold, 'cat-file', '--batch', '--buffer'];
  const result = await tryGit(place, args, { input: lines(names), onStdout: createBatchParser(sink), ...(signal === undefined ? {} : { signal }) });
  if (result.exitCode !== 0 && signal?.aborted !== true) throw gitFailed(args, result);
}

/** Without it git holds a whole blob in memory before it writes its first byte. */
export const streamingThreshold = 'core.bigFileThreshold=1m';

/**
 * Reads many objects with one git process, whole: for commits, trees and small blobs.
 *
 * @param names as for `streamObjects`.
 * @param onObject called once per name, in order; with `undefined` if there is no such object, or if it is `tooBig` to be
 * read whole.
 */
export async function readObjects(
  place: GitPlace,
  names: readonly string[],
  onObject: (object: GitObject | undefined, name: string, tooBig: ObjectHeader | undefined) => void,
): Promise<void> {
  if (names.length === 0) return;
  let next = 0;
  const args = ['-c', streamingThreshold, 'cat-file', '--batch', '--buffer'];
  await git(place, args, { input: lines(names), onStdout: createObjectReader((object, tooBig) => onObject(object, names[next++] ?? '', tooBig)) });
}

/** `readObjects` for a few names: the bodies, by position. */
export async function readBodies(place: GitPlace, names: readonly string[]): Promise<(Buffer | undefined)[]> {
  const bodies: (Buffer | undefined)[] = [];
  await readObjects(place, names, (object) => bodies.push(object?.body));
  return bodies;
}

export interface ObjectInfo {
  id: string;
  type: string;
  size: number;
}

/** Resolves many names to ids, types and sizes with one git process, by position; `undefined` where there is none. */
export async function resolveObjects(place: GitPlace, names: readonly string[]): Promise<(ObjectInfo | undefined)[]> {
  if (names.length === 0) return [];
  const output = await git(place, ['cat-file', '--batch-check', '--buffer'], { input: lines(names) });
  return output
    .toString('utf8')
    .split('\n')
    .slice(0, names.length)
    .map((line) => {
      const [id, type, size] = line.split(' ');
      return /^\d+$/.test(size ?? '') && id && type ? { id, type, size: Number(size) } : undefined;
    });
}

/**
 * Streams one blob, of any size.
 * @param take returns `false` to stop: git is ended, and the rest is not read.
 */
export async function streamBlob(
  place: GitPlace,
  id: string,
  take: (chunk: Buffer) => boolean | Promise<boolean>,
): Promise<void> {
  const stop = new AbortController();
  const args = ['-c', streamingThreshold, 'cat-file', 'blob', id];
  const result = await tryGit(place, args, {
    signal: stop.signal,
    async onStdout(chunk) {
      if (!stop.signal.aborted && !(await take(chunk))) stop.abort();
    },
  });
  if (!stop.signal.aborted && result.exitCode !== 0) throw gitFailed(args, result);
}

const lines = (names: readonly string[]): string => `${names.join('\n')}\n`;
