import { expect, test } from 'vitest';
import { exitCodeOf, isOutcome, isTrigger, isRunStatus, outcomes, triggers, statusOf, runStatuses } from '../../../src/model/outcome.ts';

test('only a run that passed is ok, and only it exits with 0', () => {
  expect(outcomes.filter((outcome) => statusOf(outcome) === 'ok')).toEqual(['passed']);
  expect(outcomes.filter((outcome) => exitCodeOf(outcome) === 0)).toEqual(['passed']);
});

test('every outcome has the exit code that is promised', () => {
  expect(Object.fromEntries(outcomes.map((outcome) => [outcome, exitCodeOf(outcome)]))).toEqual({
    passed: 0,
    failed: 1,
    timeout: 124,
    cancelled: 143,
    interrupted: 1,
    broken: 128,
  });
  expect(exitCodeOf('cancelled', 'SIGINT')).toBe(130);
  expect(exitCodeOf('cancelled', 'SIGHUP')).toBe(129);
  expect(exitCodeOf('failed', 'SIGINT')).toBe(1);
});

test('words are told apart from others, those of every object too', () => {
  expect(runStatuses.every(isRunStatus) && outcomes.every(isOutcome) && triggers.every(isTrigger)).toBe(true);
  for (const word of ['', 'OK', ' ok', 'toString', '__proto__', 'constructor']) expect([isRunStatus(word), isOutcome(word), isTrigger(word)]).toEqual([false, false, false]);
});
