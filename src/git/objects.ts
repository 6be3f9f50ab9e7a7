import { createBatchParser, type GitObject } from './batch-parser.ts';
import { git, type GitPlace } from './exec.ts';

/**
 * Reads many objects with one git process, whole: for commits, trees and small blobs.
 *
 * @param names anything git can resolve (`<id>`, `<rev>:<path>`), without newlines. They go through stdin, where nothing
 * can be taken for an option.
 * @param onObject called once per name, in order; with `undefined` if there is no such object.
 */
export async function readObjects(
  place: GitPlace,
  names: Iterable<string>,
  onObject: (object: GitObject | undefined, name: string) => void,
): Promise<void> {
  const asked = [...names];
  if (asked.length === 0) return;
  let next = 0;
  const parse = createBatchParser((object) => onObject(object, asked[next++] ?? ''));
  await git(place, ['cat-file', '--batch', '--buffer'], { input: lines(asked), onStdout: parse });
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
  const output = await git(place, ['cat-file', '--batch-check'], { input: lines(names) });
  return output
    .toString('utf8')
    .split('\n')
    .slice(0, names.length)
    .map((line) => {
      const [id, type, size] = line.split(' ');
      return /^\d+$/.test(size ?? '') && id && type ? { id, type, size: Number(size) } : undefined;
    });
}

/** Streams one blob, of any size. */
export async function streamBlob(
  place: GitPlace,
  id: string,
  onChunk: (chunk: Buffer) => void | Promise<void>,
): Promise<void> {
  // Without the threshold git reads a whole compressed blob into memory before it writes the first byte.
  await git(place, ['-c', 'core.bigFileThreshold=1m', 'cat-file', 'blob', id], { onStdout: onChunk });
}

const lines = (names: readonly string[]): string => `${names.join('\n')}\n`;
