import { countTests, type TestCase, type TestsFile, type TestTotals } from '../model/test-case.ts';
import type { AcceptCase, ReportLimits } from './report.ts';
import { roundMs } from './seconds.ts';
import { cutText, tidyBlock, tidyLine, type Redact } from './tidy-text.ts';

/** The cases of all reports of a run, within the limits. */
export interface CaseList {
  add: AcceptCase;
  /** How many were added. */
  count(): number;
  /** False once messages and details together are as long as they may be. */
  hasRoomForDetails(): boolean;
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
  const kept = createKeptCases(limits);
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
    hasRoomForDetails: () => shorten.hasRoom(),
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

/** Failed cases that take the place of passed ones may have longer names, up to this many times as much in all. */
const namesOverdraft = 2;

function createKeptCases({ cases, names }: ReportLimits): KeptCases {
  const slots: (TestCase | undefined)[] = [];
  let used = 0;
  let length = 0;
  const isFull = (): boolean => used >= cases || length >= names;
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

  function remove(at: number): void {
    used -= 1;
    length -= slots[at]?.name.length ?? 0;
    slots[at] = undefined;
  }

  return {
    hasRoomFor: (test) => !isFull() || (hasFailed(test) && length < names * namesOverdraft && lastThatMayGo() >= 0),
    push(test) {
      if (isFull()) remove(lastThatMayGo());
      used += 1;
      length += test.name.length;
      slots.push(test);
    },
    all: () => slots.filter((test) => test !== undefined),
  };
}

/** Keys are the very strings that the cases hold: a second copy of all names would double what they take. */
function createUniqueNames(): (test: TestCase) => string {
  const suites = new Map<string, Map<string, number>>();
  return ({ suite, name }) => {
    const seen = suites.get(suite) ?? new Map<string, number>();
    suites.set(suite, seen);
    let times = seen.get(name) ?? 0;
    let unique = name;
    do {
      times += 1;
      unique = times === 1 ? name : `${name} #${times}`;
    } while (times > 1 && seen.has(unique));
    seen.set(name, times);
    if (unique !== name) seen.set(unique, 1);
    return unique;
  };
}

interface Shortener {
  case(raw: TestCase): TestCase;
  hasRoom(): boolean;
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
    hasRoom: () => room > 0,
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
