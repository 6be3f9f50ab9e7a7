import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import type { Env } from '../base/context.ts';
import { hasCode } from '../base/errors.ts';
import { readProcessStat } from './process-stat.ts';

export interface GroupExit {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
}

/** A process that leads its own group (and session: it has no terminal to be stopped by). */
export interface ProcessGroup {
  /** Of the leader, and of the group. */
  readonly pid: number;
  /** Resolves when the leader has ended; others of the group may live on. */
  readonly exit: Promise<GroupExit>;
}

export interface GroupOptions {
  cwd: string;
  env: Env;
  /** Receives stdout and stderr. */
  outputFd: number;
}

/**
 * Starts a program as the leader of a new process group, with stdin from /dev/null.
 * @throws the system error (`ENOENT`, `EACCES`, ...) when it cannot be started.
 */
export function startGroup(file: string, args: readonly string[], options: GroupOptions): Promise<ProcessGroup> {
  const { cwd, env, outputFd } = options;
  const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', outputFd, outputFd] });
  const exit = new Promise<GroupExit>((resolve) => {
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }));
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => resolve({ pid: child.pid ?? 0, exit }));
  });
}

/**
 * True while a process of the group can still do something.
 *
 * Zombies do not count: in a container whose first process reaps nobody they stay for ever.
 */
export function groupLives(pid: number, platform: NodeJS.Platform): boolean {
  if (!sendSignal(-pid, 0)) return false;
  return platform !== 'linux' || readdirSync('/proc').some((name) => /^\d+$/.test(name) && isLiveMember(name, pid));
}

function isLiveMember(name: string, group: number): boolean {
  const stat = readProcessStat(Number(name));
  return stat?.group === group && !stat.dead;
}

/** Signals one process, or with a negative pid a whole group; false when it is gone. */
export function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    // EPERM: it exists but is not ours (a setuid child): it cannot be ended by us, which is as good as gone.
    if (hasCode(error, 'ESRCH', 'EPERM')) return false;
    throw error;
  }
}
