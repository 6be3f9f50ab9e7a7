import { expect, test } from 'vitest';
import { parseHookNames } from '../../../src/hooks/names.ts';

test('nothing named means all; what is named comes in one order, once', () => {
  expect(parseHookNames([])).toEqual(['post-commit', 'post-merge', 'pre-push']);
  expect(parseHookNames(['pre-push', 'post-commit', 'pre-push'])).toEqual(['post-commit', 'pre-push']);
});

test('another name is refused with those that there are', () => {
  expect(() => parseHookNames(['pre-push', 'pre-commit'])).toThrow("there is no git jci hook 'pre-commit'");
});
