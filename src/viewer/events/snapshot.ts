import type { ChangeEvent, StateEvent } from '../../api/events.ts';
import type { RunItem } from '../../api/run-item.ts';
import { currentBranch } from '../../git/revisions.ts';
import type { StoredRunRef } from '../../store/run-list.ts';
import type { ViewerParts } from '../parts.ts';
import { readNow } from '../results/now.ts';
import type { RunIndex } from '../results/run-index.ts';
import { storedItem } from '../results/run-items.ts';

/** What clients are told, and what the next change is found by. */
export interface Snapshot {
  state: StateEvent;
  index: RunIndex;
}

/** Reads what there is. HEAD is asked for after a change of refs only. */
export async function readSnapshot(parts: ViewerParts, before: Snapshot | undefined): Promise<Snapshot> {
  const { index, live } = await readNow(parts);
  const head = before?.index.state === index.state ? before.state.head : await readHead(parts, index);
  return { index, state: { head, refs: index.state, live: live.map(({ item }) => item) } };
}

async function readHead({ repo, objects }: ViewerParts, { branches }: RunIndex): Promise<StateEvent['head']> {
  const branch = await currentBranch(repo);
  if (branch !== undefined) return { branch, commit: branches.get(branch) ?? null };
  const [head] = await objects.read(['HEAD^{commit}']);
  return { branch: null, commit: head?.id ?? null };
}

/** Runs that are told of one by one. */
const mostStored = 100;

/** What is another than before; `undefined` if nothing is. */
export async function changeBetween({ index: reader }: ViewerParts, before: Snapshot, now: Snapshot): Promise<ChangeEvent | undefined> {
  const [old, state] = [before.state, now.state];
  const added = addedRuns(before.index, now.index);
  const change: ChangeEvent = {
    ...(isSame(old.head, state.head) ? {} : { head: state.head }),
    ...(old.refs === state.refs ? {} : { refs: state.refs }),
    ...(isSame(old.live, state.live) ? {} : { live: state.live }),
    ...(added.length === 0 || added.length > mostStored ? {} : { stored: await itemsOf(reader, added) }),
  };
  return Object.keys(change).length === 0 ? undefined : change;
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Newest first. By their results: a run may get another one. */
function addedRuns(before: RunIndex, now: RunIndex): StoredRunRef[] {
  if (before === now) return [];
  const known = new Set(before.runs.map(({ result }) => result));
  return now.runs.filter(({ result }) => !known.has(result));
}

async function itemsOf(reader: ViewerParts['index'], runs: readonly StoredRunRef[]): Promise<RunItem[]> {
  const summaries = await reader.readSummaries(runs);
  return runs.map((run) => storedItem(run, summaries.get(run.result)));
}
