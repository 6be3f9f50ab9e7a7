import { linkSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasCode } from '../base/errors.ts';
import type { HookName } from './names.ts';
import { hookTexts, versionOfHookText } from './texts.ts';

/** What stands at the place of a hook. */
export type HookFile =
  | { kind: 'absent' }
  /** Ours to the letter. `text` tells which git jci it starts. */
  | { kind: 'ours'; text: string; version: number; executable: boolean }
  /** Somebody else's, or ours with changes: not to be touched. */
  | { kind: 'foreign'; text: string; callsUs: boolean };

export const hookPath = (folder: string, name: HookName): string => join(folder, name);

/** Looks at one hook. A link is somebody's own arrangement, whatever it points to. */
export function readHookFile(folder: string, name: HookName): HookFile {
  const path = hookPath(folder, name);
  const stat = statIfThere(path);
  if (stat === undefined) return { kind: 'absent' };
  const text = readText(path);
  const version = stat.isFile() ? versionOfHookText(name, text) : undefined;
  if (version === undefined) return { kind: 'foreign', text, callsUs: text.includes(`hook run ${name}`) };
  return { kind: 'ours', text, version, executable: (stat.mode & 0o111) !== 0 };
}

/** `core.hooksPath=/dev/null` is how hooks are turned off: nothing is there, and nothing can be. */
function statIfThere(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** True for the newest text that starts nothing but this git jci. */
export const isCurrent = (file: HookFile & { kind: 'ours' }, name: HookName, wanted: string): boolean =>
  file.version === hookTexts[name].length && file.text === wanted && file.executable;

/** A folder or a link to nowhere is as foreign as a file with text in it. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'EISDIR', 'ENOENT', 'ELOOP', 'EACCES')) return '';
    throw error;
  }
}

/**
 * Puts a hook into a place that is free, or takes the place of one of ours.
 *
 * The file is whole from the moment it has the name: git may run it at any time.
 * @param pid of this process, to tell drafts apart.
 * @returns false if somebody else took the free place in between: then nothing was written.
 */
export function writeHookFile(path: string, text: string, options: { replacesOurs: boolean; pid: number }): boolean {
  mkdirSync(dirname(path), { recursive: true });
  const draft = join(dirname(path), `.git-jci-${options.pid}`);
  rmSync(draft, { force: true });
  writeFileSync(draft, text, { mode: 0o755, flag: 'wx' });
  try {
    if (options.replacesOurs) renameSync(draft, path);
    else linkSync(draft, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
