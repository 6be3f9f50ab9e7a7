import type { TestCase, TestStatus } from '../model/test-case.ts';
import { suiteOf, type SuiteFrame } from './junit-suite.ts';
import { secondsToMs } from './seconds.ts';
import { rawTextLimit, withoutBlankEnds } from './tidy-text.ts';

/** What stands inside `<testcase>` and says how it went. */
export type FindingKind = 'failure' | 'error' | 'skipped' | 'flaky' | 'output';

export interface Finding {
  kind: FindingKind;
  /** The element. */
  element: string;
  message: string;
  type: string;
  text: string;
}

/** More on one case than anybody reads; gtest writes one `<failure>` per failed expectation. */
const mostFindings = 20;

export interface CaseDraft {
  /** Adds a finding; its text may be added to while its element is open. */
  find(element: string, attributes: ReadonlyMap<string, string>): Finding | undefined;
  finish(): TestCase;
}

const kinds = new Map<string, FindingKind>([
  ['failure', 'failure'],
  ['error', 'error'],
  ['skipped', 'skipped'],
  ['flakyFailure', 'flaky'],
  ['flakyError', 'flaky'],
  ['system-out', 'output'],
  ['system-err', 'output'],
]);

/** Gathers what is said about one `<testcase>`. Later attempts that failed again (`rerunFailure`) say nothing new. */
export function createCaseDraft(
  attributes: ReadonlyMap<string, string>,
  suites: readonly SuiteFrame[],
  report: string,
): CaseDraft {
  const findings: Finding[] = [];
  const suite = suiteOf(attributes, suites);
  const file = attributes.get('file') ?? suites.findLast((frame) => frame.file !== undefined)?.file;
  return {
    find(element, values) {
      const kind = kinds.get(element);
      if (kind === undefined || findings.length >= mostFindings) return undefined;
      const finding = { kind, element, message: values.get('message') ?? '', type: values.get('type') ?? '', text: '' };
      findings.push(finding);
      return finding;
    },
    finish: () => ({
      suite,
      name: attributes.get('name') ?? '',
      ...verdict(findings, attributes),
      durationMs: secondsToMs(attributes.get('time')),
      ...(file === undefined ? {} : { file }),
      ...lineOf(attributes),
      report,
    }),
  };
}

/** Adds a piece to the text of a finding, up to the limit of raw texts. */
export function appendText(finding: Finding, piece: string): void {
  const room = rawTextLimit - finding.text.length;
  if (room > 0) finding.text += piece.slice(0, room);
}

type Verdict = Pick<TestCase, 'status' | 'message' | 'details'>;

function verdict(findings: readonly Finding[], attributes: ReadonlyMap<string, string>): Verdict {
  const bad = findings.filter(isBad);
  if (bad.length > 0) {
    const status = bad.some(({ kind }) => kind === 'error') ? 'error' : 'failed';
    return { status, ...optional('message', messageOf(bad)), ...optional('details', detailsOf(findings)) };
  }
  const skipped = findings.find(({ kind }) => kind === 'skipped');
  if (skipped !== undefined) return { status: 'skipped', ...optional('message', summaryOf(skipped)) };
  return { status: statusByAttribute(attributes), ...optional('message', flakyNote(findings)) };
}

const isBad = ({ kind }: Finding): boolean => kind === 'error' || kind === 'failure';

/** gtest and ctest tell in attributes that a test did not run. */
const statusByAttribute = (attributes: ReadonlyMap<string, string>): TestStatus =>
  [attributes.get('status'), attributes.get('result')].some((value) =>
    ['notrun', 'disabled', 'skipped', 'suppressed'].includes(value?.toLowerCase() ?? ''),
  )
    ? 'skipped'
    : 'passed';

const messageOf = (bad: readonly Finding[]): string =>
  bad.map(summaryOf).find((summary) => summary !== '') ?? '';

/** The message, or the line of the text that tells most, or at least the type. */
const summaryOf = ({ message, text, type }: Finding): string =>
  (isBare(message) ? tellingLine(text) : '') || message.trim() || type.trim();

/** Writers for Go put `Failed` into every message. */
const isBare = (message: string): boolean => /^\s*(?:failed)?\s*$/i.test(message);

/** The first line that is not a banner of `go test`. */
const tellingLine = (text: string): string => /^(?!=== |[^\S\n]*--- )[^\S\n]*(\S.*)/m.exec(text)?.[1]?.trim() ?? '';

/** What went wrong, then what the test had written. */
function detailsOf(findings: readonly Finding[]): string {
  const reasons = findings.filter(isBad).map(reasonOf);
  const outputs = findings
    .filter(({ kind, text }) => kind === 'output' && text.trim() !== '')
    .map(({ element, text }) => `--- ${element} ---\n${withoutBlankEnds(text)}`);
  return [...reasons, ...outputs].filter((part) => part !== '').join('\n\n');
}

/** The first message stands in the case itself; those of further findings go before their texts. */
function reasonOf({ message, text }: Finding, index: number): string {
  const told = withoutBlankEnds(text);
  return index === 0 || told.includes(message.trim()) ? told : `${message}\n${told}`.trimEnd();
}

function flakyNote(findings: readonly Finding[]): string {
  const attempts = findings.filter(({ kind }) => kind === 'flaky');
  const [first] = attempts;
  if (first === undefined) return '';
  const times = attempts.length === 1 ? '1 failed attempt' : `${attempts.length} failed attempts`;
  const reason = summaryOf(first);
  return `passed after ${times}${reason === '' ? '' : `: ${reason}`}`;
}

const optional = <Key extends string>(key: Key, value: string): Partial<Record<Key, string>> =>
  (value === '' ? {} : { [key]: value }) as Partial<Record<Key, string>>;

function lineOf(attributes: ReadonlyMap<string, string>): { line?: number } {
  const line = Number(attributes.get('line') ?? attributes.get('lineno') ?? 'none');
  return Number.isSafeInteger(line) && line > 0 ? { line } : {};
}
