import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode } from '../base/errors.ts';
import { readJsonFile, replaceFile } from '../base/json-file.ts';
import { shareLikeParent } from '../base/shared-folder.ts';
import type { Trigger } from '../model/outcome.ts';
import type { RunKey } from '../model/run-ref.ts';
import type { SharedPath } from '../model/record.ts';
import { holdPipe, type HeldPipe } from '../proc/held-pipe.ts';
import type { ProcessId } from '../proc/process-id.ts';
import { keepSpare, takeSpare } from '../proc/spare-pipes.ts';
import { activeFiles, activeFolder, activeRoot, sparePipes } from './paths.ts';
import { readReservedEnd, reserveEnd, type ScriptOver } from './reserved-end.ts';
import { withPathsHere, type RunHome } from './run-home.ts';

/** What is known of a run before it is stored: enough for anybody to follow it, end it, or store it after a crash. */
export interface ActiveRun extends RunKey {
  version: 1;
  tree: string;
  script: string;
  branch: string | null;
  trigger: Trigger;
  dirty: boolean;
  clean: boolean;
  shared: SharedPath[];
  startedAt: string;
  host: string;
  user: string;
  /** Missing in records of older versions. */
  home?: RunHome;
  /** The git jci that runs it. */
  owner: ProcessId;
  /** The tree it runs in: the user's working tree or a temporary worktree. */
  workTree: string;
  outputDir: string;
  /** `waiting` for a slot or worktree, `running`, or `storing`. */
  phase: 'waiting' | 'running' | 'storing';
  /** Leader of the script's process group, once started. */
  leader?: ProcessId;
  rerunOf?: string;
  job?: string;
  /** Its result is to be signed, whoever stores it. */
  sign?: true;
  /** Set once the script is over: a result that could not be stored keeps its true outcome. */
  over?: ScriptOver;
}

/**
 * Makes the folder of a run (see `makeStoreFolder`), and the record in it. Call it before anything else of the run exists: nothing is
 * there yet that would have no owner after a power cut, so the record need not be on disk.
 * @returns what is to be held until the run is over, or `undefined` when another run has this id.
 */
export function addActiveRun(commonDir: string, run: ActiveRun): HeldPipe | undefined {
  const folder = activeFolder(commonDir, run);
  const files = activeFiles(folder);
  try {
    mkdirSync(folder, { mode: 0o700 });
    shareLikeParent(folder);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return undefined;
    throw error;
  }
  // Held before anybody can look: a record whose pipe nobody holds is that of a dead run.
  const held = takeSpare(sparePipes(commonDir), files.life) ? holdPipe(files.life) : undefined;
  writeActiveRun(commonDir, run, false);
  reserveEnd(files.end);
  return held ?? { letGo: () => undefined };
}

/**
 * Replaces the record.
 * @param durable false for a change that a crash may undo.
 */
export function writeActiveRun(commonDir: string, run: ActiveRun, durable = true): void {
  replaceFile(activeFiles(activeFolder(commonDir, run)).record, JSON.stringify(run), { durable });
}

/** False when there is certainly none: the cheap question before the others. */
export const hasActiveRuns = (commonDir: string): boolean => readNames(activeRoot(commonDir)).length > 0;

/** All active runs of this repository, oldest first, whoever runs them and whether they live or not. */
export function listActiveRuns(commonDir: string): ActiveRun[] {
  return readNames(activeRoot(commonDir))
    .map((name) => readActiveRun(commonDir, join(activeRoot(commonDir), name)))
    .filter((run) => run !== undefined)
    .sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
}

/** One active run again, as it stands now; `undefined` once it is stored. */
export const reloadActiveRun = (commonDir: string, key: RunKey): ActiveRun | undefined =>
  readActiveRun(commonDir, activeFolder(commonDir, key));

/** Forgets an active run: its record goes first, so that a crash in between leaves a folder without meaning. */
export function removeActiveRun(commonDir: string, key: RunKey): void {
  const folder = activeFolder(commonDir, key);
  const files = activeFiles(folder);
  rmSync(files.record, { force: true });
  keepSpare(sparePipes(commonDir), files.life);
  rmSync(folder, { recursive: true, force: true });
}

function readActiveRun(commonDir: string, folder: string): ActiveRun | undefined {
  const files = activeFiles(folder);
  const read = readJsonFile(files.record);
  if (!isActiveRun(read)) return undefined;
  const run = withPathsHere(read, commonDir);
  const over = run.over ?? readReservedEnd(files.end);
  return over === undefined ? run : { ...run, over, dirty: run.dirty || over.dirty };
}

/** Whatever else it says, these are what everybody relies on. */
function isActiveRun(value: unknown): value is ActiveRun {
  if (typeof value !== 'object' || value === null) return false;
  const { version, owner, home, ...run } = value as Partial<Record<keyof ActiveRun, unknown>>;
  const texts = [run.commit, run.runId, run.tree, run.host, run.startedAt, run.workTree, run.outputDir];
  return version === 1 && isProcessId(owner) && (home === undefined || isHome(home)) && texts.every((text) => typeof text === 'string');
}

const isHome = (value: unknown): value is RunHome =>
  typeof value === 'object' && value !== null && 'commonDir' in value && typeof value.commonDir === 'string' && 'inode' in value;

const isProcessId = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'pid' in value && typeof value.pid === 'number' && 'started' in value;

function readNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    // Another user's folder is reported once per command (see `closedFolder`), and hides nothing else.
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'EACCES')) return [];
    throw error;
  }
}
