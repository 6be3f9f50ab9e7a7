import { join } from 'node:path';
import { isSystemError, JciError, messageOf } from '../base/errors.ts';
import { isLocked, tryLock, type FileLock } from '../locks/file-lock.ts';
import { waitForLock } from '../locks/wait-for-lock.ts';
import type { Repository } from '../git/repository.ts';
import { userCacheRoot } from '../base/user-cache.ts';
import type { RunRequest } from './request.ts';

/** The right to run now. */
export interface Slot extends FileLock {
  /** Whether it took others to end. */
  waited: boolean;
  /** Sentences: why it is no real one. */
  notes: string[];
}

const noSlot: Slot = { release: () => undefined, waited: false, notes: [] };

/**
 * Waits until fewer than `jci.concurrency` runs are under way on this machine.
 *
 * A run inside a run takes no slot: the outer one would wait for it while it waited for a slot.
 * Where no slots can be kept (no cache folder, or not ours), runs are not counted.
 * @throws the reason of `signal` when the run is cancelled while it waits.
 */
export async function takeSlot(repo: Repository, request: RunRequest, signal: AbortSignal): Promise<Slot> {
  if (request.nested) return noSlot;
  try {
    return await waitForSlot(repo, request, signal);
  } catch (error) {
    if (!isSystemError(error) && !(error instanceof JciError)) throw error;
    return { ...noSlot, notes: [`runs on this machine are not counted (jci.concurrency): ${messageOf(error)}`] };
  }
}

async function waitForSlot(repo: Repository, request: RunRequest, signal: AbortSignal): Promise<Slot> {
  const { platform, env } = repo.ctx;
  const slots = Array.from({ length: request.settings.concurrency }, (_, index) =>
    join(userCacheRoot(env), 'slots', String(index)),
  );
  for (const slot of slots) {
    const answer = await tryLock(slot, request.self, platform);
    if (isLocked(answer)) return { ...answer, waited: false, notes: [] };
  }
  request.notify({ kind: 'waiting', for: `one of ${slots.length} slots for runs on this machine (jci.concurrency)` });
  return { ...(await waitForLock(slots, request.self, platform, { signal })), waited: true, notes: [] };
}
