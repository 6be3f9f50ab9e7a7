import { createRecordSplitter } from '../../git/record-splitter.ts';
import { gitFailed, tryGit } from '../../git/exec.ts';
import type { Repository } from '../../git/repository.ts';
import type { ObjectId } from '../../model/object-id.ts';

/** The commits of a branch, newest first, as far as they were asked for. */
export interface History {
  /** The ids from one position to another, and whether there are more behind. Git goes on only as far as that. */
  slice(from: number, to: number): Promise<{ ids: readonly ObjectId[]; hasMore: boolean }>;
  close(): void;
}

/** Histories that are kept: each may be a git process that waits. */
const mostHistories = 8;

/** Opens histories by tip or by the words of a search; the one that was used longest ago is closed. */
export function createHistories(repo: Repository): { of(args: readonly string[]): History; close(): void } {
  const open = new Map<string, History>();
  return {
    of(args) {
      const key = args.join('\0');
      const history = open.get(key) ?? walk(repo, args, () => open.delete(key));
      open.delete(key);
      open.set(key, history);
      const [oldest] = open;
      if (open.size > mostHistories && oldest !== undefined) {
        oldest[1].close();
        open.delete(oldest[0]);
      }
      return history;
    },
    close() {
      for (const history of open.values()) history.close();
      open.clear();
    },
  };
}

/** Ids beyond what was asked for that are taken from git before it has to wait. */
const readAhead = 2000;

function walk(repo: Repository, args: readonly string[], forget: () => void): History {
  const ids: ObjectId[] = [];
  const stop = new AbortController();
  const splitter = createRecordSplitter('\n');
  const waiting = new Set<() => void>();
  let wanted = 0;
  let ended = false;
  let failure: Error | undefined;

  const wakeAll = (): void => {
    for (const wake of [...waiting]) wake();
  };
  const change = (): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        waiting.delete(wake);
        resolve();
      };
      waiting.add(wake);
    });

  const words = ['rev-list', ...args];
  tryGit(repo, words, {
    signal: stop.signal,
    async onStdout(chunk) {
      for (const id of splitter.take(chunk)) ids.push(id);
      wakeAll();
      while (ids.length > wanted + readAhead && !stop.signal.aborted) await change();
    },
  })
    .then((result) => {
      if (!stop.signal.aborted && result.exitCode !== 0) throw gitFailed(words, result);
    })
    .catch((error: unknown) => {
      failure = error instanceof Error ? error : new Error(String(error));
      forget();
    })
    .finally(() => {
      ended = true;
      wakeAll();
    });

  return {
    async slice(from, to) {
      wanted = Math.max(wanted, to);
      wakeAll();
      while (!ended && ids.length <= to) await change();
      if (failure !== undefined) throw failure;
      return { ids: ids.slice(from, to), hasMore: ids.length > to };
    },
    close() {
      stop.abort();
      wakeAll();
    },
  };
}
