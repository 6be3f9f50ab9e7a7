import { fatalError } from '../../base/errors.ts';
import { createRecordSplitter } from '../../git/record-splitter.ts';
import { gitFailed, tryGit } from '../../git/exec.ts';
import type { Repository } from '../../git/repository.ts';
import type { ObjectId } from '../../model/object-id.ts';
import { HttpProblem } from '../http/problems.ts';

/** A part of a history, and whether there is more behind it. */
export interface HistoryPart {
  ids: readonly ObjectId[];
  hasMore: boolean;
}

/** Lists of commits, newest first, as far as they were asked for. */
export interface Histories {
  /**
   * The ids from one position to another. Git goes on only as far as that.
   * @param args of `git rev-list`: a tip, or the words of a search.
   * @param signal comes when nobody waits for it any more.
   * @throws JciError (128) when git fails or is ended, HttpProblem (503) after the signal.
   */
  slice(args: readonly string[], from: number, to: number, signal: AbortSignal): Promise<HistoryPart>;
  /** Ends git. The next one who asks starts it anew. */
  close(): void;
}

/** Histories that are kept: each may be a git process that waits. */
const mostHistories = 8;

/** Only so many are waited for at the same time, so that there is always one to let go of: the one that was used longest ago. */
export function createHistories(repo: Repository): Histories {
  const open = new Map<string, History>();
  const queue: (() => void)[] = [];
  let busy = 0;
  let timesClosed = 0;

  function enter(key: string, args: readonly string[]): History {
    const history = open.get(key) ?? walk(repo, args);
    open.delete(key);
    open.set(key, history);
    for (const [old, { isWaitedFor, close }] of open) {
      if (open.size <= mostHistories) break;
      if (old === key || isWaitedFor()) continue;
      close();
      open.delete(old);
    }
    return history;
  }

  return {
    async slice(args, from, to, signal) {
      const key = args.join('\0');
      const before = timesClosed;
      while (busy >= mostHistories && open.get(key)?.knows(to) !== true) await new Promise<void>((resolve) => queue.push(resolve));
      if (signal.aborted || timesClosed !== before) {
        queue.shift()?.();
        throw signal.aborted ? nobodyWaits() : isEnded();
      }
      busy += 1;
      const history = enter(key, args);
      try {
        return await history.slice(from, to, signal);
      } finally {
        // By now it may be another one.
        if (history.hasFailed() && open.get(key) === history) open.delete(key);
        busy -= 1;
        queue.shift()?.();
      }
    },
    close() {
      timesClosed += 1;
      for (const history of open.values()) history.close();
      open.clear();
    },
  };
}

interface History {
  slice(from: number, to: number, signal: AbortSignal): Promise<HistoryPart>;
  /** Whether so many can be told at once. */
  knows(to: number): boolean;
  isWaitedFor(): boolean;
  hasFailed(): boolean;
  close(): void;
}

const isEnded = (): Error => fatalError('git jci is being ended');
const nobodyWaits = (): HttpProblem => new HttpProblem(503, 'nobody waits for these commits any more');

/** Ids beyond what was asked for that are taken from git before it has to wait. */
const readAhead = 2000;

function walk(repo: Repository, args: readonly string[]): History {
  const ids: ObjectId[] = [];
  const stop = new AbortController();
  const splitter = createRecordSplitter('\n');
  const changes = createBell();
  let users = 0;
  let wanted = 0;
  let ended = false;
  let failure: Error | undefined;

  const words = ['rev-list', ...args];
  tryGit(repo, words, {
    signal: stop.signal,
    async onStdout(chunk) {
      for (const id of splitter.take(chunk)) ids.push(id);
      changes.ring();
      while (ids.length > wanted + readAhead && !stop.signal.aborted) await changes.next();
    },
  })
    .then((result) => {
      // What was ended half-way looks like a short history.
      if (stop.signal.aborted) throw isEnded();
      if (result.exitCode !== 0) throw gitFailed(words, result);
    })
    .catch((error: unknown) => {
      failure = error instanceof Error ? error : new Error(String(error));
    })
    .finally(() => {
      ended = true;
      changes.ring();
    });

  return {
    async slice(from, to, signal) {
      wanted = Math.max(wanted, to);
      users += 1;
      changes.ring();
      signal.addEventListener('abort', changes.ring);
      while (!ended && ids.length <= to && !signal.aborted) await changes.next();
      signal.removeEventListener('abort', changes.ring);
      users -= 1;
      if (signal.aborted) throw nobodyWaits();
      if (failure !== undefined) throw failure;
      return { ids: ids.slice(from, to), hasMore: ids.length > to };
    },
    knows: (to) => ended || ids.length > to,
    isWaitedFor: () => users > 0,
    hasFailed: () => failure !== undefined,
    close() {
      stop.abort();
      changes.ring();
    },
  };
}

/** Wakes all that wait for it. */
function createBell(): { ring(): void; next(): Promise<void> } {
  let waiting: (() => void)[] = [];
  return {
    ring() {
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    },
    next: () => new Promise((resolve) => waiting.push(resolve)),
  };
}
