import { testKey, type TestCase, type TestStatus } from '../../model/test-case.ts';

/** The names of tests, each kept once for all runs. */
export interface TestNames {
  /** How many there are. */
  size(): number;
  numberOf(test: Pick<TestCase, 'suite' | 'name'>): number;
  /** `undefined` for a test that no run had. */
  find(test: Pick<TestCase, 'suite' | 'name'>): number | undefined;
  nameOf(number: number): Pick<TestCase, 'suite' | 'name'>;
}

export function createTestNames(): TestNames {
  const numbers = new Map<string, number>();
  const names: Pick<TestCase, 'suite' | 'name'>[] = [];
  return {
    size: () => names.length,
    find: (test) => numbers.get(testKey(test)),
    nameOf: (number) => names[number] ?? { suite: '', name: '' },
    numberOf({ suite, name }) {
      const key = testKey({ suite, name });
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, names.length);
      names.push({ suite, name });
      return names.length - 1;
    },
  };
}

/** The cases of one run in 13 bytes each. */
export interface CompactTests {
  /** Numbers of their names, ascending. */
  readonly names: Int32Array;
  /** Positions in `statuses`. */
  readonly results: Uint8Array;
  /** NaN where no time is known. */
  readonly times: Float64Array;
  /** What failed ones said, by the number of their name: the beginning, of the first of them. */
  readonly messages: ReadonlyMap<number, string>;
}

export const statuses = ['passed', 'failed', 'error', 'skipped'] as const satisfies readonly TestStatus[];
export const passed = 0;
export const skipped = 3;

const mostMessages = 200;
const longestMessage = 1000;

/** Of cases with the same name the first counts. */
export function compactTests(cases: readonly TestCase[], names: TestNames): CompactTests {
  const byName = new Map<number, TestCase>();
  for (const test of cases) {
    const name = names.numberOf(test);
    if (!byName.has(name)) byName.set(name, test);
  }
  const sorted = [...byName].sort(([a], [b]) => a - b);
  const telling = sorted.filter(([, { message }]) => message !== undefined).slice(0, mostMessages);
  return {
    names: Int32Array.from(sorted, ([name]) => name),
    results: Uint8Array.from(sorted, ([, { status }]) => statuses.indexOf(status)),
    times: Float64Array.from(sorted, ([, { durationMs }]) => durationMs ?? Number.NaN),
    messages: new Map(telling.map(([name, { message = '' }]) => [name, message.slice(0, longestMessage)])),
  };
}

/** Where a test stands among the cases; -1 if it is not among them. */
export function positionOf({ names }: CompactTests, name: number): number {
  let low = 0;
  let high = names.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = names[middle] ?? 0;
    if (found === name) return middle;
    if (found < name) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
