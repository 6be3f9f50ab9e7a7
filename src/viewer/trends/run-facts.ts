import { setImmediate } from 'node:timers/promises';
import type { ObjectSession } from '../../git/object-session.ts';
import type { ObjectId } from '../../model/object-id.ts';
import { parseRecord, parseTests } from '../../model/result-files.ts';
import type { TestTotals } from '../../model/test-case.ts';
import type { StoredRunRef } from '../../store/run-list.ts';
import { compactTests, createTestNames, type CompactTests, type TestNames } from './compact-tests.ts';

/** What is kept of a result, for looks at many of them. */
export interface RunFacts {
  /** Steps of the script itself. */
  steps: readonly { name: string; durationMs: number }[];
  totals: TestTotals | null;
  tests: CompactTests | undefined;
}

/** Facts, and the names that their tests are numbered by. */
export interface FactsOfRuns {
  facts: readonly RunFacts[];
  names: TestNames;
  /** False if some of them are not here, and may come. */
  isWhole: boolean;
}

export interface FactsReader {
  /** By position, for as many of the first runs as can be looked at in one go. The names are those of this answer only. */
  read(runs: readonly StoredRunRef[]): Promise<FactsOfRuns>;
}

/** Cases that are remembered: 13 bytes each. */
const mostCases = 3_000_000;

/** Results that are remembered, with cases or without. */
const mostResults = 5000;

/** Names that are remembered. Those with a number of chance in them would never end. */
const mostNames = 500_000;

/** Cases that one question may be about. */
const mostRead = 5_000_000;

/** Results that are held in memory as text at the same time. */
const batch = 5;

/** Reads each result once, and remembers the latest. */
export function createFactsReader(objects: ObjectSession): FactsReader {
  let known = new Map<ObjectId, RunFacts>();
  let names = createTestNames();
  let cases = 0;
  let last: Promise<unknown> = Promise.resolve();

  function add(id: ObjectId, facts: RunFacts): void {
    // The order of a Map is that of use.
    if (!known.delete(id)) cases += sizeOf(facts);
    known.set(id, facts);
  }

  async function readBatch(ids: readonly ObjectId[]): Promise<RunFacts[]> {
    const unknown = ids.filter((id) => !known.has(id));
    const bodies = await objects.read(unknown.flatMap((id) => [`${id}:jci.json`, `${id}:tests.json`]));
    const absent = await findAbsent(objects, unknown.filter((_, position) => bodies[2 * position] === undefined && bodies[2 * position + 1] === undefined));
    const read = new Map<ObjectId, RunFacts>();
    for (const [position, id] of unknown.entries()) {
      read.set(id, factsOf(bodies[2 * position]?.body, bodies[2 * position + 1]?.body, names));
      // A hundred thousand cases take a while: others are answered in between.
      await setImmediate();
    }
    return ids.map((id) => {
      if (absent.has(id)) return nothing;
      const facts = known.get(id) ?? read.get(id) ?? nothing;
      add(id, facts);
      return facts;
    });
  }

  async function readAll(runs: readonly StoredRunRef[]): Promise<FactsOfRuns> {
    if (names.size() > mostNames) {
      known = new Map();
      names = createTestNames();
      cases = 0;
    }
    const facts: RunFacts[] = [];
    for (let at = 0, read = 0; at < runs.length && read < mostRead; at += batch) {
      const next = await readBatch(runs.slice(at, at + batch).map(({ result }) => result));
      for (const one of next) read += sizeOf(one);
      facts.push(...next);
    }
    return { facts, names, isWhole: !facts.includes(nothing) };
  }

  function forget(): void {
    for (const [id, facts] of known) {
      if (cases <= mostCases && known.size <= mostResults) return;
      known.delete(id);
      cases -= sizeOf(facts);
    }
  }

  return {
    read(runs) {
      // One after another, since all share the names.
      const reading = last.then(() => readAll(runs)).finally(forget);
      last = reading.catch(() => undefined);
      return reading;
    },
  };
}

/** Of a result that is not here. */
const nothing: RunFacts = { steps: [], totals: null, tests: undefined };

/** Those of which more may come: their objects are fetched later, say. A result of the Go tool has nothing to come. */
async function findAbsent(objects: ObjectSession, silent: readonly ObjectId[]): Promise<ReadonlySet<ObjectId>> {
  const trees = await objects.read(silent.map((id) => `${id}^{tree}`));
  return new Set(silent.filter((_, position) => {
    const tree = trees[position];
    return tree === undefined || / (?:jci|tests)\.json\0/.test(tree.body?.toString('latin1') ?? '');
  }));
}

const sizeOf = ({ tests }: RunFacts): number => tests?.names.length ?? 0;

function factsOf(recordBytes: Buffer | undefined, testBytes: Buffer | undefined, names: TestNames): RunFacts {
  const record = parseRecord(recordBytes);
  const tests = parseTests(testBytes);
  return {
    steps: (record?.steps ?? []).filter(({ depth }) => depth === 0).map(({ name, durationMs }) => ({ name, durationMs })),
    totals: tests?.totals ?? record?.tests ?? null,
    tests: tests === undefined ? undefined : compactTests(tests.cases, names),
  };
}
