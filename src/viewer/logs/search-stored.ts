import { logName } from '../../api/paths.ts';
import { JciError } from '../../base/errors.ts';
import { streamObjects } from '../../git/objects.ts';
import type { Repository } from '../../git/repository.ts';
import type { StoredRunRef } from '../../store/run-list.ts';
import { createHitCollector, type RunHits } from './search-hits.ts';
import type { Matcher } from './search-matcher.ts';

export interface StoredSearch {
  matcher: Matcher;
  /** Hits of a run that are given, at most. */
  most: number;
  signal: AbortSignal;
  /** Gets each run, in order, with what was found in its log: nothing if it has none, or if it cannot be read. */
  onRun(run: StoredRunRef, found: RunHits): Promise<void>;
  /** Called while a log is being read, often. */
  onWork(): Promise<void>;
}

/** A repository that is broken in so many places is not read any further. */
const mostFailures = 20;

const nothing: RunHits = { hits: [], more: false };

/**
 * Searches the logs of runs with one git process; with another one behind each object that git dies of.
 * @throws JciError (3) if it takes too long, (128) if git fails again and again.
 */
export async function searchStored(repo: Repository, runs: readonly StoredRunRef[], search: StoredSearch): Promise<void> {
  let done = 0;
  for (let failures = 0; done < runs.length && !search.signal.aborted; failures += 1) {
    const failure = await searchSome(repo, runs.slice(done), {
      ...search,
      onRun(run, found) {
        done += 1;
        return search.onRun(run, found);
      },
    });
    const broken = runs[done];
    if (failure === undefined || broken === undefined) return;
    if (failures === mostFailures) throw failure;
    done += 1;
    await search.onRun(broken, nothing);
  }
}

/** @returns why git ended before it had given all, if it did. */
async function searchSome(repo: Repository, runs: readonly StoredRunRef[], search: StoredSearch): Promise<Error | undefined> {
  const { matcher, most, signal, onRun, onWork } = search;
  const stop = new AbortController();
  let next = 0;
  let thrown: unknown;
  let collector = createHitCollector(matcher, most);
  const finish = async (found: RunHits): Promise<void> => {
    const run = runs[next++];
    if (run !== undefined && !signal.aborted) await onRun(run, found);
  };
  /** What is thrown here is no failure of git's: it ends git. */
  const guarded = async (action: () => Promise<void>): Promise<void> => {
    if (stop.signal.aborted || signal.aborted) return;
    await action().catch((error: unknown) => {
      thrown = error;
      stop.abort();
    });
  };
  const sink = {
    begin: (header: unknown) => guarded(() => {
      collector = createHitCollector(matcher, most);
      return header === undefined ? finish(nothing) : Promise.resolve();
    }),
    data: (chunk: Buffer) => guarded(async () => {
      await collector.take(chunk);
      await onWork();
    }),
    end: () => guarded(async () => finish(await collector.end())),
  };
  const names = runs.map(({ result }) => `${result}:${logName}`);
  try {
    await streamObjects(repo, names, sink, AbortSignal.any([signal, stop.signal]));
  } catch (error) {
    if (error instanceof JciError) return error;
    throw error;
  }
  if (stop.signal.aborted) throw thrown;
  return undefined;
}
