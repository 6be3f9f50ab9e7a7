import { readdirSync, readFileSync } from 'node:fs';
import { waitFor } from './wait-for.ts';

/**
 * Waits until no process is left that was started with this home: one in the background may still be writing there.
 *
 * Only where /proc shows the environment of others: elsewhere it returns at once.
 * @throws Error with their command lines when some stay.
 */
export async function untilAllEnded(home: string): Promise<void> {
  let left: string[] = [];
  const none = (): boolean => {
    left = commandLinesWith(`HOME=${home}`);
    return left.length === 0;
  };
  await waitFor(none).catch(() => {
    throw new Error(`still running at the end of the test:\n${left.join('\n')}`);
  });
}

function commandLinesWith(setting: string): string[] {
  if (process.platform !== 'linux') return [];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => readProc(pid, 'environ').split('\0').includes(setting)).map((pid) => `${pid} ${readProc(pid, 'cmdline').replaceAll('\0', ' ')}`);
}

/** Empty for a process that is gone, or another user's. */
function readProc(pid: string, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1');
  } catch {
    // Which of the two it is does not matter.
    return '';
  }
}
