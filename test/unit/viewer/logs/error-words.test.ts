import { expect, test } from 'vitest';
import { mayTellOfError, tellsOfError } from '../../../../src/viewer/logs/error-words.ts';

test('bytes in which a line tells of an error may tell of one', () => {
  const lines = [
    '::error::x',
    'a.c:1:2: Error: x',
    'ERROR x',
    '[FATAL] x',
    'TypeError: x',
    'java.io.IOException: x',
    'panic: x',
    '--- FAIL x',
    'x FAILED',
    '✗ x',
    '  ✘ x',
    '✖ x',
    '× x',
    'not ok 1',
    'Traceback (most recent call last)',
    "thread 'main' panicked at x",
    'Segmentation fault',
    'core dumped',
    'x: command not found',
    'Assertion x failed',
    'make[1]: *** [x] 2',
    'npm ERR! x',
  ];
  for (const line of lines) expect([line, tellsOfError(line), mayTellOfError(Buffer.from(`before\n${line}\nbehind`))]).toEqual([line, true, true]);
});

test('most bytes do not', () => {
  for (const text of ['compiling x', '✓ passed', '* a', '** b', 'Ünïcödé – “quoted” …', '']) expect([text, mayTellOfError(Buffer.from(text))]).toEqual([text, false]);
});
