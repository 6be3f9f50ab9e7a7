import { streamObjects } from '../git/objects.ts';
import type { Repository } from '../git/repository.ts';
import type { StoredRunRef } from '../store/run-list.ts';
import type { LineBlocks } from './line-blocks.ts';
import { searchLines, type LineSearch } from './line-search.ts';

/** A line of a stored log that fits. */
export interface LogMatch {
  run: StoredRunRef;
  /** From 1. */
  line: number;
  /** Without escape sequences. */
  text: string;
}

/**
 * Searches the logs of many runs with one git process, newest first, streaming.
 *
 * @param maxPerRun further matches in the same log are not passed on.
 * @param onMatch returns `false` to stop.
 * @returns how many matches were passed on.
 */
export async function searchLogs(
  repo: Repository,
  runs: readonly StoredRunRef[],
  options: LineSearch & { maxPerRun: number },
  onMatch: (match: LogMatch) => boolean,
): Promise<number> {
  let next = 0;
  let total = 0;
  let going = true;
  let search: LineBlocks | undefined;
  let wantsMore = true;
  await streamObjects(repo, runs.map(({ result }) => `${result}:run.output.txt`), {
    begin(header) {
      const run = runs[next++];
      wantsMore = going && header !== undefined && run !== undefined;
      if (run === undefined) return;
      let matches = 0;
      search = searchLines(options, (text, line) => {
        matches += 1;
        total += 1;
        going = onMatch({ run, line, text });
        return going && matches < options.maxPerRun;
      });
    },
    data(chunk) {
      if (wantsMore && search !== undefined) wantsMore = search.take(chunk);
    },
    end() {
      if (wantsMore) search?.end();
    },
  });
  return total;
}
