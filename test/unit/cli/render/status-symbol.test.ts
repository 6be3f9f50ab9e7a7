import { colorsIf } from '../../../../src/cli/render/colors.ts';
import { expect, test } from 'vitest';
import { displayWidth } from '../../../../src/cli/render/any-fit.ts';
import { statusSymbol, type ShownStatus } from '../../../../src/cli/render/status-symbol.ts';
import { showsUnicode } from '../../../../src/cli/render/unicode.ts';
import { outcomes, runStatuses } from '../../../../src/model/outcome.ts';
import { testStatuses } from '../../../../src/model/test-case.ts';

const all: readonly ShownStatus[] = [...outcomes, ...runStatuses, ...testStatuses, 'none', 'unreadable'];
const plain = colorsIf(false);

const linux = { env: { LANG: 'de_DE.UTF-8' }, platform: 'linux' } as const;
const posix = { env: { LANG: 'C' }, platform: 'linux' } as const;

test.each(all)('%s is one column, and ASCII where the terminal has no more', (status) => {
  expect(displayWidth(statusSymbol(status, linux, plain))).toBe(1);
  expect(statusSymbol(status, posix, plain)).toMatch(/^[\x21-\x7e]$/);
});

test('the outcomes can be told apart without colours', () => {
  for (const ctx of [linux, posix]) expect(new Set(outcomes.map((outcome) => statusSymbol(outcome, ctx, plain))).size).toBe(outcomes.length);
});

test('success is green and failure red', () => {
  const colors = colorsIf(true);
  expect(statusSymbol('passed', linux, colors)).toBe('\x1b[32m✓\x1b[39m');
  expect(statusSymbol('err', linux, colors)).toBe('\x1b[31m✗\x1b[39m');
});

test.each([
  [{ LC_ALL: 'C', LANG: 'en_US.UTF-8' }, 'linux', false],
  [{ LC_ALL: '', LC_CTYPE: 'en_US.utf8' }, 'linux', true],
  [{ LANG: 'en_US.ISO-8859-1' }, 'darwin', false],
  [{}, 'linux', false],
  [{}, 'darwin', true],
] as const)('%j on %s', (env, platform, expected) => {
  expect(showsUnicode({ env, platform })).toBe(expected);
});
