import type { Repository } from '../git/repository.ts';
import type { ObjectId } from '../model/object-id.ts';
import { parseRunRef, runRefPrefix } from '../model/run-ref.ts';
import type { ResultSummary } from '../model/trailers.ts';
import { openResults } from './open-results.ts';
import { listStoredRuns, readSummaries, type StoredRunRef } from './run-list.ts';
import { listRunNames } from './run-names.ts';
import { linesStarting } from './sorted-lines.ts';
import { loadTreeIndex, makeTreeIndex, type TreeIndex } from './tree-index.ts';

/** A stored run whose result could be read. */
export interface SummarisedRun {
  run: StoredRunRef;
  summary: ResultSummary;
}

/** What is known of commits and trees, in no order. */
export interface IndexedRuns {
  /** Stored runs of these commits; `undefined` if one of them cannot be read. */
  ofCommits: readonly SummarisedRun[] | undefined;
  /** Those whose results are on these trees, of whichever commit. */
  onTrees: readonly SummarisedRun[];
}

/**
 * The runs of commits and those whose results are on trees, for ones that become known one after another: those of a history.
 *
 * Git starts to list the names of all results at once. Which of them are on these trees is known from before; only those and
 * the results that are new are opened, with one git process.
 */
export function createTreeLookup(repo: Repository): (commits: ReadonlySet<ObjectId>, trees: ReadonlySet<ObjectId>) => Promise<IndexedRuns> {
  const listing = listRunNames(repo);
  // Whoever looks up a tree gets the error. If nobody does any more, another error ended the command.
  listing.catch(() => undefined);
  let known: Known | undefined;
  let fresh: readonly SummarisedRun[] | undefined;
  return async (commits, trees) => {
    const names = await listing;
    const { index, unknown } = (known ??= await findUnknown(repo, names));
    const own = names === undefined ? undefined : [...commits].flatMap((commit) => linesStarting(names, `${runRefPrefix}${commit}/`));
    const onTrees = [...trees].flatMap((tree) => index.refsOn(tree));
    const summarised = await openByRef(repo, new Set([...(fresh === undefined ? unknown : []), ...(own ?? []), ...onTrees]));
    const named = (refs: readonly string[]): SummarisedRun[] => refs.flatMap((ref) => summarised.get(ref) ?? []);
    fresh ??= named(unknown);
    const isWhole = own?.every((ref) => summarised.has(ref)) === true;
    return { ofCommits: isWhole ? named(own) : undefined, onTrees: [...fresh, ...named(onTrees)] };
  };
}

interface Known {
  index: TreeIndex;
  /** Refs of results that came after it. */
  unknown: readonly string[];
}

async function findUnknown(repo: Repository, names: Buffer | undefined): Promise<Known> {
  const index = loadTreeIndex(repo);
  const unknown = names === undefined ? undefined : index.unknownAmong(names);
  return unknown === undefined ? { index: await indexAll(repo), unknown: [] } : { index, unknown };
}

async function indexAll(repo: Repository): Promise<TreeIndex> {
  const runs = await listStoredRuns(repo);
  const summaries = await readSummaries(repo, runs);
  return makeTreeIndex(
    repo,
    runs.flatMap(({ ref, result }) => {
      const summary = summaries.get(result);
      return summary === undefined ? [] : [{ ref, tree: summary.tree }];
    }),
  );
}

async function openByRef(repo: Repository, refs: ReadonlySet<string>): Promise<Map<string, SummarisedRun>> {
  const { results } = await openResults(repo, [...refs]);
  const summarised = new Map<string, SummarisedRun>();
  for (const [ref, { result, summary }] of results) {
    const key = parseRunRef(ref);
    if (key !== undefined && summary !== undefined) summarised.set(ref, { run: { ...key, ref, result }, summary });
  }
  return summarised;
}
