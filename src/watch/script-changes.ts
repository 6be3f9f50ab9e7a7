import { createHash } from 'node:crypto';
import { createReadStream, lstatSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { hasCode } from '../base/errors.ts';
import { changedFiles, type WatchedState } from './state.ts';

/** Finds out which files a script changes itself, so that it is not run for ever for its own doing. */
export interface ScriptChanges {
  /** A run is about to begin, with the working tree like this. */
  runBegins(state: WatchedState): Promise<void>;
  /** It is over, with the working tree like this. */
  runEnded(state: WatchedState): Promise<RunChanges>;
}

export interface RunChanges {
  /** The files that are known from now on to be the script's own doing. */
  found: readonly string[];
  /** The state to wait for a change of: as before the run, but for what the script changed itself. */
  tested: WatchedState;
}

/** So often a person saves a file in one run after another, and never between two of them. */
const manyRuns = 4;

/**
 * Nothing tells who changed a file during a run: it may have been the user, whose changes need another run. So a file is the
 * script's own only if it changed in two runs in a row, never between them, and the second has left it as it had found it:
 * then what was tested is what is there. One that is another each time (it holds a date) has to do so in four runs.
 * A file that changes between two runs is the user's again.
 * @param root the top of the working tree.
 */
export function createScriptChanges(root: string): ScriptChanges {
  /** How many runs in a row have changed a file. */
  const inRow = new Map<string, number>();
  const own = new Set<string>();
  let before: WatchedState | undefined;
  let after: WatchedState | undefined;
  let contents = new Map<string, string>();

  async function isOwn(path: string): Promise<boolean> {
    const runs = inRow.get(path) ?? 0;
    return runs >= manyRuns || (runs > 1 && contents.get(path) === (await contentOf(join(root, path))));
  }

  return {
    async runBegins(state) {
      for (const path of changedFiles(after ?? state, state)) {
        inRow.delete(path);
        own.delete(path);
      }
      before = state;
      contents = new Map();
      for (const path of inRow.keys()) if (!own.has(path)) contents.set(path, await contentOf(join(root, path)));
    },
    async runEnded(state) {
      after = state;
      const changed = changedFiles(before ?? state, state);
      countRuns(inRow, changed);
      const found: string[] = [];
      for (const path of changed) if (!own.has(path) && (await isOwn(path))) found.push(path);
      for (const path of found) own.add(path);
      return { found, tested: takingOver(before ?? state, state, own) };
    },
  };
}

function countRuns(inRow: Map<string, number>, changed: readonly string[]): void {
  for (const path of inRow.keys()) if (!changed.includes(path)) inRow.delete(path);
  for (const path of changed) inRow.set(path, (inRow.get(path) ?? 0) + 1);
}

/** The same state, but these files as they are now. */
function takingOver(state: WatchedState, now: WatchedState, paths: ReadonlySet<string>): WatchedState {
  const files = new Map(state.files);
  for (const path of paths) {
    const file = now.files.get(path);
    if (file === undefined) files.delete(path);
    else files.set(path, file);
  }
  return { ...state, files };
}

/** Equal texts for equal contents. */
async function contentOf(path: string): Promise<string> {
  try {
    const stat = lstatSync(path);
    if (stat.isSymbolicLink()) return `link ${readlinkSync(path)}`;
    // A submodule: what is in it is no content of ours.
    if (!stat.isFile()) return `${stat.mode} ${stat.mtimeMs}`;
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), hash);
    return `${stat.mode} ${hash.digest('hex')}`;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'EACCES')) return 'gone';
    throw error;
  }
}
