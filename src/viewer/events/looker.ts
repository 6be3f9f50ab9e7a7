import type { Repository } from '../../git/repository.ts';
import { createRepositoryWatch, type RepositoryWatch } from './repository-watch.ts';

/** Decides when the repository is looked at. */
export interface Looker {
  /** From now on; and once more at once, for somebody who has come. */
  start(): void;
  stop(): void;
}

/** Changes come in groups: a look waits so long for the rest of one. */
const gatherMs = 40;

/** A look may be answered by what was read this long ago (see `createRunIndexReader`), so that what came later needs another. */
const settledMs = 50;

/** How often is looked for what no watcher tells: runs that died, file systems without watchers. */
const slowMs = 2000;

/** @param look one at a time; never rejects, also if `prepare` throws, which it has to call before it looks. */
export function createLooker(repo: Repository, look: (prepare: () => void) => Promise<void>): Looker {
  const { ctx } = repo;
  let watch: RepositoryWatch | undefined;
  let next: NodeJS.Timeout | undefined;
  let isLooking = false;
  let isSlow = false;
  let wokenAt = Number.NEGATIVE_INFINITY;

  function schedule(ms: number): void {
    if (watch === undefined || isLooking) return;
    clearTimeout(next);
    isSlow = ms === slowMs;
    next = setTimeout(() => void lookNow(), ms);
  }

  async function lookNow(): Promise<void> {
    next = undefined;
    isLooking = true;
    const begun = ctx.elapsed();
    // Before the look: what changes after it is told.
    await look(() => watch?.renew());
    isLooking = false;
    schedule(wokenAt > begun - settledMs ? settledMs : slowMs);
  }

  function wake(): void {
    wokenAt = ctx.elapsed();
    if (isSlow || next === undefined) schedule(gatherMs);
  }

  return {
    start() {
      watch ??= createRepositoryWatch(repo, wake);
      wokenAt = ctx.elapsed();
      schedule(0);
    },
    stop() {
      watch?.close();
      watch = undefined;
      clearTimeout(next);
      next = undefined;
    },
  };
}
