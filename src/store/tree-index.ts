import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attempt } from '../base/attempt.ts';
import { readKeptFile } from '../base/kept-file.ts';
import type { Repository } from '../git/repository.ts';
import type { ObjectId } from '../model/object-id.ts';
import { cacheRoot } from './paths.ts';
import { addedLines, linesStarting } from './sorted-lines.ts';

/**
 * Which results are on which trees, by the names of their refs. A ref of ours is never moved to another result; whoever opens
 * what is found here sees what is there now.
 */
export interface TreeIndex {
  refsOn(tree: ObjectId): string[];
  /**
   * The names that are not known here.
   * @param names as git lists them, sorted.
   * @returns `undefined` for too many: then the index has to be made again.
   */
  unknownAmong(names: Buffer): string[] | undefined;
}

export interface IndexedResult {
  ref: string;
  /** `undefined` for a result that names none. */
  tree: ObjectId | undefined;
}

/** The name carries the version of the format. */
const indexPath = (commonDir: string): string => join(cacheRoot(commonDir), 'trees-1');

/** Opening so many takes a few ms; making the index again takes some 100 ms with twenty thousand results. */
const manyUnknown = 200;

/** An empty one if there is none, or if it is not whole. */
export function loadTreeIndex({ commonDir }: Repository): TreeIndex {
  const content = readKeptFile(indexPath(commonDir));
  const headEnd = content.indexOf('\n') + 1;
  const head = /^(\d+) (\d+)\n$/.exec(content.toString('latin1', 0, headEnd));
  const [names, trees] = [Number(head?.[1] ?? 0), Number(head?.[2] ?? 0)];
  if (headEnd + names + trees !== content.length) return indexOf(Buffer.alloc(0), Buffer.alloc(0));
  return indexOf(content.subarray(headEnd, headEnd + names), content.subarray(headEnd + names));
}

/** Makes the index of all results that could be read, and keeps it for later. The others stay unknown. */
export function makeTreeIndex(repo: Repository, results: readonly IndexedResult[]): TreeIndex {
  const names = sortedLines(results.map(({ ref }) => ref));
  const trees = sortedLines(results.flatMap(({ ref, tree }) => (tree === undefined ? [] : [`${tree} ${ref}`])));
  if (results.length > manyUnknown) save(repo, Buffer.concat([Buffer.from(`${names.length} ${trees.length}\n`), names, trees]));
  return indexOf(names, trees);
}

const indexOf = (names: Buffer, trees: Buffer): TreeIndex => ({
  refsOn: (tree) => linesStarting(trees, `${tree} `).map((line) => line.slice(tree.length + 1)),
  unknownAmong: (now) => addedLines(names, now, manyUnknown),
});

const sortedLines = (lines: readonly string[]): Buffer => Buffer.from([...lines].sort().map((line) => `${line}\n`).join(''), 'latin1');

/** Two may do so at once: each has a file of its own until it is whole. */
function save({ commonDir, ctx }: Repository, content: Buffer): void {
  const path = indexPath(commonDir);
  // If not, it is made again by the next command.
  attempt(() => {
    mkdirSync(cacheRoot(commonDir), { recursive: true });
    writeFileSync(`${path}.${ctx.pid}`, content);
    renameSync(`${path}.${ctx.pid}`, path);
  });
}
