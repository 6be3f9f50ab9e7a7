import { appendFileSync, closeSync, existsSync, openSync, readSync } from 'node:fs';
import { JciError, messageOf } from '../base/errors.ts';
import { readConfig } from '../git/config.ts';
import { scanDirectory } from '../git/pack/scan.ts';
import { listRefs } from '../git/refs.ts';
import type { Repository } from '../git/repository.ts';
import { isLocked, tryLock } from '../locks/file-lock.ts';
import { runRef } from '../model/run-ref.ts';
import { createLineTimes, indexOfNotes, timeSteps } from '../output/line-times.ts';
import { createLogReader, type LogSummary } from '../output/log-reader.ts';
import { endGroup } from '../proc/end-group.ts';
import { isAlive, type ProcessId } from '../proc/process-id.ts';
import { listActiveRuns, reloadActiveRun, removeActiveRun, type ActiveRun } from '../store/active-run.ts';
import { activeFiles, activeFolder } from '../store/paths.ts';
import { readDetails } from '../store/read-result.ts';
import { hasHome, isAtHome } from '../store/run-home.ts';
import { isRunAlive } from '../store/run-life.ts';
import type { RunEnd } from '../model/run-end.ts';
import { finishRun } from './finish-run.ts';
import { keptNote, removeOutput } from './remove-output.ts';
import { leaveOutSecrets } from './leave-out-secrets.ts';
import { decideSigning } from './late-signing.ts';
import { logFooter } from './log-text.ts';
import { readTail } from './read-tail.ts';
import { runMarks } from './script-environment.ts';
import { secretsKnownHere } from './secrets-known-here.ts';
import { knownDuration } from './sign-of-life.ts';
import { readTimingNotes } from './timing-notes.ts';
import { removeOutputDir } from './workspace.ts';

/** What became of a run whose git jci died. */
export interface Recovery {
  run: ActiveRun;
  /** `stored`: now, as interrupted unless its script was over. `tidied`: its result was there already, or nothing had begun. `failed`: still there. */
  result: 'stored' | 'tidied' | 'failed';
  /** One sentence for the user. */
  message: string;
  /** What to do about it, if something is to be done. */
  hint?: string;
}

/** SIGTERM to SIGKILL for what is left of a run that nobody waits for. */
const orphanGraceMs = 2000;

/**
 * Finds runs of this host whose git jci is gone, ends what is left of them and stores what they wrote.
 *
 * Costs one directory listing when there are none. Several git jci may do this at once: each run has a lock.
 */
export async function recoverDeadRuns(repo: Repository, self: ProcessId): Promise<Recovery[]> {
  const recoveries: Recovery[] = [];
  for (const run of listActiveRuns(repo.commonDir)) {
    const recovery = await recoverIfDead(repo, run, self).catch((error: unknown) => failed(run, error));
    if (recovery !== undefined) recoveries.push(recovery);
  }
  return recoveries;
}

async function recoverIfDead(repo: Repository, run: ActiveRun, self: ProcessId): Promise<Recovery | undefined> {
  if (await isRunAlive(repo, run)) return undefined;
  const lock = await tryLock(activeFiles(activeFolder(repo.commonDir, run)).recovery, self, repo.ctx.platform);
  // Held: somebody else is at it. Gone meanwhile: somebody else was.
  if (!isLocked(lock)) return undefined;
  try {
    const current = reloadActiveRun(repo.commonDir, run);
    if (current !== undefined) return await recover(repo, current);
    removeActiveRun(repo.commonDir, run);
    return undefined;
  } finally {
    lock.release();
  }
}

function failed(run: ActiveRun, error: unknown): Recovery {
  if (!(error instanceof JciError)) return { run, result: 'failed', message: `run ${run.runId} could not be stored yet: ${messageOf(error)}` };
  return { run, result: 'failed', message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) };
}

async function recover(repo: Repository, run: ActiveRun): Promise<Recovery | undefined> {
  const isCopied = !isAtHome(run, repo.commonDir);
  if (isCopied && hasHome(run)) return forgetCopy(repo, run);
  // The original is gone from where it stood: what was copied may be all there is, but as long as its git jci lives that has the run.
  if (isCopied && (await isAlive(run.owner, repo.ctx.platform))) return undefined;
  const aliveAt = await endOrphans(repo, run);
  const hasBegun = run.outputDir !== '';
  if (hasBegun && !(await isStored(repo, run))) return { run, result: 'stored', message: await store(repo, run, aliveAt) };
  const left = hasBegun ? await removeStored(repo, run) : await removeUnused(repo, run);
  removeActiveRun(repo.commonDir, run);
  const when = hasBegun ? 'when it was stored already' : 'before its script began';
  return { run, result: 'tidied', message: [`run ${run.runId} had died ${when}: tidied up`, ...left].join('; ') };
}

/** It may have died between making its output directory and noting it. */
async function removeUnused(repo: Repository, run: ActiveRun): Promise<string[]> {
  const trouble = run.workTree === '' ? undefined : await removeOutputDir(repo.ctx.env, run.workTree, run);
  return trouble === undefined ? [] : [trouble];
}

/** Leaves alone whatever is the original's, and also what was copied of the output: nobody asked for that to go. */
function forgetCopy(repo: Repository, run: ActiveRun): Recovery {
  removeActiveRun(repo.commonDir, run);
  const left = existsSync(run.outputDir) ? [`what it had written by then is still in ${run.outputDir}`] : [];
  const what = `run ${run.runId} belongs to ${run.home?.commonDir ?? 'another repository'}, of which this is a copy: forgotten here`;
  return { run, result: 'tidied', message: [what, ...left].join('; ') };
}

async function removeStored(repo: Repository, run: ActiveRun): Promise<string[]> {
  const scan = leaveOutSecrets(scanDirectory(run.outputDir), secretsKnownHere(repo, run, await readConfig(repo)));
  const trouble = await removeOutput(repo, run, scan);
  return [...keptNote(repo, run, scan), ...(trouble === undefined ? [] : [trouble])];
}

/** @returns when the script itself was seen alive, in ms since the epoch; `undefined` if it was not. */
async function endOrphans(repo: Repository, run: ActiveRun): Promise<number | undefined> {
  const { platform, pid } = repo.ctx;
  const alive = run.leader !== undefined && (await isAlive(run.leader, platform));
  const aliveAt = alive ? repo.ctx.now() : undefined;
  // Without the leader its number may belong to somebody else by now: then only the marks tell.
  const group = alive && run.leader !== undefined ? run.leader.pid : 0;
  await endGroup(group, { graceMs: orphanGraceMs, marks: runMarks(run), platform, ownPid: pid });
  return aliveAt;
}

/** It may have died between writing the ref and forgetting the run. */
async function isStored(repo: Repository, run: ActiveRun): Promise<boolean> {
  const ref = runRef(run);
  const [tip] = await listRefs(repo, [ref]);
  if (tip === undefined) return false;
  const { record } = await readDetails(repo, { ...run, ref, result: tip.id });
  return record?.startedAt === run.startedAt && record.host === run.host;
}

/** @returns what has been done, in words. */
async function store(repo: Repository, run: ActiveRun, aliveAt: number | undefined): Promise<string> {
  const { log, timing } = activeFiles(activeFolder(repo.commonDir, run));
  const gitConfig = await readConfig(repo);
  const signing = await decideSigning(repo, run, gitConfig);
  const { end, durationMs } = run.over ?? interrupted(repo, run, aliveAt);
  const { ref, record, lateNotes } = await finishRun(repo, {
    run,
    end: { ...end, notes: [...end.notes, ...signing.notes] },
    durationMs,
    sign: signing.sign,
    gitConfig,
    secrets: secretsKnownHere(repo, run, gitConfig),
    closeLog(notes) {
      // A file system that lost power may have lost the log, which is never synced before its end.
      closeSync(openSync(log, 'a', 0o600));
      const footer = `${logFooter(end, durationMs, notes).join('\n')}\n`;
      // It has one already if the run got as far as that and could not be stored.
      if (!readTail(log, footer.length * 2).text.endsWith(footer)) appendFileSync(log, footer);
      return readLog(log, timing);
    },
  });
  const what = `run ${run.runId} had ${run.over === undefined ? 'been interrupted' : 'not been stored'}: what it wrote is now in ${ref}`;
  return [what, ...record.notes, ...lateNotes].join('; ');
}

function interrupted(repo: Repository, run: ActiveRun, aliveAt: number | undefined): { end: RunEnd; durationMs: number } {
  const durationMs = knownDuration(repo.commonDir, run, aliveAt);
  const end: RunEnd = { outcome: 'interrupted', exitCode: null, signal: null, reason: 'git jci was killed', notes: [] };
  return { end, durationMs };
}

/** Reads a log for its steps and annotations; when its lines came is known as far as it was noted. */
function readLog(path: string, timingPath: string): LogSummary {
  const reader = createLogReader();
  const fd = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(1024 * 1024);
    for (let read = readSync(fd, buffer); read > 0; read = readSync(fd, buffer)) reader.write(buffer.subarray(0, read), 0);
  } finally {
    closeSync(fd);
  }
  const summary = reader.end(0);
  const notes = readTimingNotes(timingPath);
  return { ...summary, steps: timeSteps(summary.steps, createLineTimes(notes)), timing: indexOfNotes(notes, summary) };
}
