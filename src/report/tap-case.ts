import type { FinalResults, Result } from 'tap-parser';
import type { TestCase } from '../model/test-case.ts';
import { roundMs } from './seconds.ts';
import { readDiagnostics } from './tap-diagnostics.ts';
import { rawTextLimit } from './tidy-text.ts';

/**
 * A test of a TAP stream as a case.
 * @param order counts the tests of the stream from 1, to name those that have neither name nor number.
 * @param comments the `#` lines below it: where Perl and bats tell what went wrong.
 */
export function caseOfResult(result: Result, order: number, comments: string): Omit<TestCase, 'suite' | 'report'> {
  const { name, durationMs } = nameAndTime(result, order);
  const { message, details, ...place } = readDiagnostics(result.diag);
  const base = { name, durationMs, ...place };
  if (result.skip !== false) return { ...base, status: 'skipped', ...reason(result.skip, '') };
  if (result.ok) return { ...base, status: 'passed' };
  if (result.todo !== false) return { ...base, status: 'skipped', ...reason(result.todo, 'todo') };
  const told = details === '' && !result.buffered ? comments : details;
  const summary = message.trim() || (/\S.*/.exec(told)?.[0] ?? '');
  return {
    ...base,
    status: 'failed',
    ...(summary === '' ? {} : { message: summary }),
    ...(told.trim() === '' || told.trim() === summary ? {} : { details: told }),
  };
}

/** bats adds the time to the name (`... in 12ms`), which would make it another test in every run. */
function nameAndTime(result: Result, order: number): { name: string; durationMs: number | null } {
  const own = /^(.*\S) in (\d{1,9})(ms|sec)$/.exec(result.name);
  const parent = result.fullname.slice(0, result.fullname.length - result.name.length);
  if (result.time === null && own?.[1] !== undefined) {
    return { name: parent + own[1], durationMs: Number(own[2]) * (own[3] === 'ms' ? 1 : 1000) };
  }
  const name = result.name === '' ? `${parentPrefix(result)}test ${result.id || order}` : result.fullname;
  return { name, durationMs: timeOf(result.time) };
}

/** Of a test without a name, the full name is that of the subtest around it. */
const parentPrefix = ({ fullname }: Result): string => (fullname === '' ? '' : `${fullname} > `);

const timeOf = (time: number | null): number | null =>
  time !== null && time >= 0 && time <= 1e12 ? roundMs(time) : null;

const reason = (directive: string | true, prefix: string): { message?: string } => {
  const text = [prefix, directive === true ? '' : directive].filter((part) => part !== '').join(': ');
  return text === '' ? {} : { message: text };
};

/** What is wrong with a plan, if anything is. Only the whole stream must have one; a bail out excuses it. */
export function planProblem(results: FinalResults, level: number): string | undefined {
  const { start, end } = results.plan;
  if (results.bailout !== false) return undefined;
  if (start === null || end === null) {
    return level === 0 ? 'the report has no plan (1..N): it may have been cut short' : undefined;
  }
  const planned = Math.max(0, end - start + 1);
  if (planned === results.count) return undefined;
  return `${planned} tests were planned (${start}..${end}), ${results.count} ran`;
}

/** Gathers comment lines, up to the limit of raw texts. */
export function createCommentNote(): { add(line: string): void; text(): string; clear(): void } {
  let text = '';
  return {
    add(line) {
      const comment = line.trim().replace(/^#\s?/, '');
      if (text.length < rawTextLimit) text = `${text}${comment}\n`.slice(0, rawTextLimit);
    },
    text: () => text,
    clear() {
      text = '';
    },
  };
}
