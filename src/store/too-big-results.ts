import { join } from 'node:path';
import { attempt } from '../base/attempt.ts';
import { addKeptLines, readKeptFile } from '../base/kept-file.ts';
import type { ObjectId } from '../model/object-id.ts';
import { cacheRoot } from './paths.ts';

/** The name carries the version of the format: a line `<name> <id>` for each name under which one was asked for. */
const cachePath = (commonDir: string): string => join(cacheRoot(commonDir), 'too-big-1');

/**
 * The results whose message is too long to be read, by the names (refs or ids) under which somebody asked for them: git would
 * put hundreds of megabytes together each time, only to have them dropped.
 */
export function loadTooBigResults(commonDir: string): ReadonlyMap<string, ObjectId> {
  return new Map([...readKeptFile(cachePath(commonDir)).toString('latin1').matchAll(/^(\S+) ([0-9a-f]{40,64})$/gm)].map(([, name = '', id = '']) => [name, id]));
}

/** Adds some. The cache may be deleted or unwritable at any time: then they are read again. */
export function addTooBigResults(commonDir: string, found: ReadonlyMap<string, ObjectId>): void {
  const lines = Array.from(found, ([name, id]) => `${name} ${id}`);
  if (lines.length > 0) attempt(() => addKeptLines(cachePath(commonDir), lines));
}

