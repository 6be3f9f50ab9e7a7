import type { Repository } from '../../git/repository.ts';
import { runRef } from '../../model/run-ref.ts';
import type { FoundRun } from '../../store/all-runs.ts';
import { holdLiveLog, holdStoredLog, type HeldLog } from './held-log.ts';
import type { OpenLog } from './open-log.ts';

/** Logs that are open; requests for the same one share it. */
export interface LogCache {
  /** Lends a log until the promise is settled. */
  use<Result>(run: FoundRun, action: (log: OpenLog) => Promise<Result>): Promise<Result>;
  close(): void;
}

/** What is kept beyond its last use. */
const mostLogs = 16;
const mostBytes = 1024 * 1024 * 1024;

interface Entry {
  held: Promise<HeldLog>;
  bytes: number;
  users: number;
  isForgotten: boolean;
}

/** Of all logs, those that were used last stay open. */
export function createLogCache(repo: Repository): LogCache {
  const entries = new Map<string, Entry>();

  function enter(key: string, run: FoundRun): Entry {
    const entry = entries.get(key) ?? begin(key, run);
    entries.delete(key);
    entries.set(key, entry);
    entry.users += 1;
    return entry;
  }

  function begin(key: string, run: FoundRun): Entry {
    const entry: Entry = { held: hold(repo, run), bytes: 0, users: 0, isForgotten: false };
    // Whoever asked for it may be gone when it has become large, or has failed: what filled the disk must not stay there.
    const follow = (log: OpenLog): void => {
      entry.bytes = log.index.bytes;
      if (log.failure !== undefined) forget(key, entry);
      else if (log.complete) shrink(key);
    };
    entry.held.then(
      ({ log }) => log.watch(() => follow(log)),
      () => forget(key, entry),
    );
    return entry;
  }

  function forget(key: string, entry: Entry): void {
    if (entry.isForgotten) return;
    if (entries.get(key) === entry) entries.delete(key);
    entry.isForgotten = true;
    if (entry.users === 0) closeOnceThere(entry);
  }

  function leave(key: string, entry: Entry): void {
    entry.users -= 1;
    if (entry.isForgotten) {
      if (entry.users === 0) closeOnceThere(entry);
    } else shrink(key);
  }

  /** @param kept the newest one stays, however large it is. */
  function shrink(kept: string): void {
    let bytes = [...entries.values()].reduce((sum, entry) => sum + entry.bytes, 0);
    for (const [key, entry] of [...entries]) {
      if (entries.size <= mostLogs && bytes <= mostBytes) return;
      if (key === kept || entry.users > 0) continue;
      bytes -= entry.bytes;
      forget(key, entry);
    }
  }

  return {
    async use(run, action) {
      const key = keyOf(run);
      const entry = enter(key, run);
      try {
        // Where it fails, the next request tries again. A reader that fails says nothing of the log.
        return await action((await entry.held).log);
      } finally {
        leave(key, entry);
      }
    },
    close() {
      for (const [key, entry] of [...entries]) forget(key, entry);
    },
  };
}

const hold = async (repo: Repository, found: FoundRun): Promise<HeldLog> =>
  found.kind === 'stored' ? holdStoredLog(repo, found.run) : holdLiveLog(repo, found.run);

/** When a run is over, its readers go over to what is stored. */
const keyOf = (found: FoundRun): string => (found.kind === 'stored' ? found.run.result : runRef(found.run));

function closeOnceThere({ held }: Entry): void {
  // What could not be opened was told to who asked for it.
  held.then((log) => log.close(), () => undefined);
}
