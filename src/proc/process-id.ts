import { readFileSync, readlinkSync } from 'node:fs';
import { isSystemError } from '../base/errors.ts';
import { readProcessStat } from './process-stat.ts';

/**
 * Tells a process from a later one that got the same pid: the pid alone is reused within hours on a busy machine.
 *
 * `started` is the kernel's start time where there is one to read (Linux: clock ticks since boot, with the boot and the pid
 * namespace, in which the pid means something), else what `ps` prints. Compare only for equality.
 */
export interface ProcessId {
  pid: number;
  started: string;
}

/** Identifies a process; `undefined` if it is gone (a zombie counts as gone). */
export async function identifyProcess(pid: number, platform: NodeJS.Platform): Promise<ProcessId | undefined> {
  const started = platform === 'linux' ? startedOnLinux(pid) : await startedByPs(pid);
  return started === undefined ? undefined : { pid, started };
}

/** True while this very process lives. */
export async function isAlive(process: ProcessId, platform: NodeJS.Platform): Promise<boolean> {
  return (await identifyProcess(process.pid, platform))?.started === process.started;
}

function startedOnLinux(pid: number): string | undefined {
  const stat = readProcessStat(pid);
  return stat === undefined || stat.dead ? undefined : `${bootId()}/${pidNamespace()}/${stat.startTicks}`;
}

const bootId = (): string => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim().slice(0, 8);

/** Two containers that start together may have a process with the same pid and start time each. */
function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid').replace(/\D/g, '');
  } catch (error) {
    // A kernel without them.
    if (isSystemError(error)) return '';
    throw error;
  }
}

async function startedByPs(pid: number): Promise<string | undefined> {
  const { capture } = await import('./capture.ts');
  const env = { PATH: '/bin:/usr/bin', LC_ALL: 'C', TZ: 'UTC' };
  const { stdout } = await capture('ps', ['-o', 'state=,lstart=', '-p', String(pid)], { cwd: '/', env });
  const line = stdout.toString('latin1').trim();
  return line === '' || line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '');
}
