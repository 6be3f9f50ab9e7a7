import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode } from '../base/errors.ts';
import { runRefPrefix } from '../model/run-ref.ts';
import type { Repository } from './repository.ts';

/**
 * A text that is another one after any change of HEAD, of a branch, or of a run ref; found without a process.
 *
 * By the times of files and folders: git replaces a ref with a new file, and each run has a ref of its own that never moves, so that for
 * those their folders tell enough.
 */
export function refFilesState({ gitDir, commonDir }: Repository): string {
  return [
    readHead(gitDir),
    stamp(join(commonDir, 'packed-refs')),
    stamp(join(commonDir, 'reftable', 'tables.list')),
    ...branchStamps(join(commonDir, 'refs', 'heads')),
    ...folderStamps(join(commonDir, runRefPrefix)),
  ].join('\n');
}

function readHead(gitDir: string): string {
  return unlessGone(() => readFileSync(join(gitDir, 'HEAD'), 'utf8'), 'no HEAD');
}

function branchStamps(folder: string): string[] {
  const entries = unlessGone(() => readdirSync(folder, { withFileTypes: true }), []);
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? branchStamps(path) : [`${entry.name} ${stamp(path)}`];
  });
}

function folderStamps(folder: string): string[] {
  const names = unlessGone(() => readdirSync(folder), []);
  return [stamp(folder), ...names.map((name) => `${name} ${stamp(join(folder, name))}`)];
}

function stamp(path: string): string {
  return unlessGone(() => {
    const { mtimeNs, ino, size } = statSync(path, { bigint: true });
    return `${mtimeNs} ${ino} ${size}`;
  }, '-');
}

/** git packs and removes refs while we look. */
function unlessGone<T>(look: () => T, otherwise: T): T {
  try {
    return look();
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return otherwise;
    throw error;
  }
}
