import { countTests, testKey, type TestCase, type TestsFile, type TestTotals } from '../model/test-case.ts';
import type { AcceptCase, ReportLimits } from './report.ts';
import { roundMs } from './seconds.ts';
import { cutText, tidyBlock, tidyLine, type Redact } from './tidy-text.ts';

/** The cases of all reports of a run, within the limits. */
export interface CaseList {
  add: AcceptCase;
  /** How many were added. */
  count(): number;
  /** Failed cases whose details were left out because all details together were too long. */
  withoutDetails(): number;
  result(): TestsFile;
}

/** What a message is cut to once there is no room for details. */
const shortMessage = 200;

/**
 * Counts all cases and keeps those that fit the limits, redacted and tidied. When there are too many, passed ones
 * give way to failed ones. Of cases with the same suite and name all but the first get ` #2`, ` #3` and so on.
 */
export function createCaseList(limits: ReportLimits, redact: Redact): CaseList {
  const totals: TestTotals = { passed: 0, failed: 0, skipped: 0, durationMs: 0 };
  const kept = createKeptCases(limits.cases);
  const uniqueName = createUniqueNames();
  const shorten = createShortener(limits, redact);
  let count = 0;
  return {
    add(raw) {
      count += 1;
      addTotals(totals, raw);
      if (!kept.hasRoomFor(raw)) return;
      const test = shorten.case(raw);
      kept.push({ ...test, name: uniqueName(test) });
    },
    count: () => count,
    withoutDetails: () => shorten.withoutDetails(),
    result() {
      const cases = kept.all();
      const omitted = count - cases.length;
      return {
        version: 1,
        totals: { ...totals, durationMs: roundMs(totals.durationMs) },
        cases,
        ...(omitted > 0 ? { omitted } : {}),
      };
    },
  };
}

function addTotals(totals: TestTotals, test: TestCase): void {
  const one = countTests([test]);
  totals.passed += one.passed;
  totals.failed += one.failed;
  totals.skipped += one.skipped;
  totals.durationMs += one.durationMs;
}

const hasFailed = ({ status }: TestCase): boolean => status === 'failed' || status === 'error';

interface KeptCases {
  hasRoomFor(test: TestCase): boolean;
  push(test: TestCase): void;
  all(): TestCase[];
}

function createKeptCases(limit: number): KeptCases {
  const slots: (TestCase | undefined)[] = [];
  let used = 0;
  /** No passed or skipped case stands at or after this slot, once the list is full. */
  let searchFrom: number | undefined;

  function lastThatMayGo(): number {
    let at = (searchFrom ?? slots.length) - 1;
    for (; at >= 0; at -= 1) {
      const test = slots[at];
      if (test !== undefined && !hasFailed(test)) break;
    }
    searchFrom = at + 1;
    return at;
  }

  return {
    hasRoomFor: (test) => used < limit || (hasFailed(test) && lastThatMayGo() >= 0),
    push(test) {
      if (used >= limit) slots[lastThatMayGo()] = undefined;
      else used += 1;
      slots.push(test);
    },
    all: () => slots.filter((test) => test !== undefined),
  };
}

function createUniqueNames(): (test: TestCase) => string {
  const seen = new Map<string, number>();
  return (test) => {
    const key = testKey(test);
    let times = seen.get(key) ?? 0;
    let name = test.name;
    do {
      times += 1;
      name = times === 1 ? test.name : `${test.name} #${times}`;
    } while (times > 1 && seen.has(testKey({ suite: test.suite, name })));
    seen.set(key, times);
    if (name !== test.name) seen.set(testKey({ suite: test.suite, name }), 1);
    return name;
  };
}

interface Shortener {
  case(raw: TestCase): TestCase;
  withoutDetails(): number;
}

function createShortener(limits: ReportLimits, redact: Redact): Shortener {
  let room = limits.text;
  let withoutDetails = 0;
  const line = (text: string): string => tidyLine(text, limits.name, redact);
  const suite = rememberLast(line);
  return {
    case(raw) {
      const { message: rawMessage = '', details: rawDetails = '', ...rest } = raw;
      const full = tidyBlock(rawMessage, limits.message, redact);
      const message = room > 0 ? full : cutText(full, shortMessage);
      const details = room > 0 ? tidyBlock(rawDetails, limits.details, redact) : '';
      if (room <= 0 && rawDetails !== '') withoutDetails += 1;
      room -= message.length + details.length;
      return {
        ...rest,
        suite: suite(raw.suite),
        name: line(raw.name) || '(no name)',
        ...(raw.file === undefined ? {} : { file: line(raw.file) }),
        ...(message === '' ? {} : { message }),
        ...(details === '' || details === message ? {} : { details }),
      };
    },
    withoutDetails: () => withoutDetails,
  };
}

/** Suites come in runs of the same name: one copy of it serves all. */
function rememberLast(compute: (text: string) => string): (text: string) => string {
  let last = { text: '', value: compute('') };
  return (text) => {
    if (text !== last.text) last = { text, value: compute(text) };
    return last.value;
  };
}
