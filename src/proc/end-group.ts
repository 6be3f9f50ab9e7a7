import { groupLives, sendSignal } from './group.ts';
import { findStrays } from './strays.ts';

export interface EndOptions {
  /** How long SIGTERM is given before SIGKILL. */
  graceMs: number;
  /** Cuts the grace period short when it resolves. */
  hurry?: Promise<void>;
  /** Settings in the environment of everything the group started: finds those that left it. */
  marks: readonly string[];
  platform: NodeJS.Platform;
  ownPid: number;
}

/** The kernel tells nobody when a process that is not our child ends, so the end of a group is polled. */
const pollMs = 10;

/** A process in uninterruptible sleep outlives SIGKILL: we say so rather than wait for ever. */
const killWaitMs = 5000;

/**
 * Ends every process of a group and every stray of it: SIGTERM, a grace period, SIGKILL, a bounded wait.
 * @param pid of the group, or 0 for the strays alone.
 * @returns how many had to be signalled (a group counts as one), and the pids that survived even SIGKILL.
 */
export async function endGroup(pid: number, options: EndOptions): Promise<{ signalled: number; survivors: number[] }> {
  const left = (): number[] => [...(pid !== 0 && groupLives(pid, options.platform) ? [-pid] : []), ...strays(options)];
  const first = left();
  if (first.length === 0) return { signalled: 0, survivors: [] };
  signalAll(first, 'SIGTERM');
  if (await goneWithin(options.graceMs, left, options.hurry)) return { signalled: first.length, survivors: [] };
  signalAll(left(), 'SIGKILL');
  const gone = await goneWithin(killWaitMs, left);
  return { signalled: first.length, survivors: gone ? [] : left() };
}

const strays = (options: EndOptions): number[] => findStrays(options.marks, options.platform, options.ownPid);

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) sendSignal(pid, signal);
}

function goneWithin(limitMs: number, left: () => number[], hurry?: Promise<void>): Promise<boolean> {
  const start = performance.now();
  let hurried = false;
  void hurry?.then(() => {
    hurried = true;
  });
  return new Promise((resolve) => {
    const look = (): void => {
      if (left().length === 0) resolve(true);
      else if (hurried || performance.now() - start >= limitMs) resolve(false);
      else setTimeout(look, pollMs);
    };
    look();
  });
}
