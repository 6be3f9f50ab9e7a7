import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isBranchName } from '../../../src/model/branch-name.ts';

function gitTakes(name: string): boolean {
  try {
    execFileSync('git', ['check-ref-format', '--branch', name], { stdio: 'ignore' });
    return true;
  } catch {
    // Exit code 128: git does not take it.
    return false;
  }
}

const tricky = ['main', 'a/b', '-x', '.a', 'a/.b', 'a.', 'a.lock', 'a.lock/b', 'a..b', 'a b', 'a~', 'a^', 'a:', 'a?', 'a*', 'a[', 'a]', 'a\\b', 'a@{b', '/a', 'a/', 'a//b', 'HEAD', '@', '@a', 'a@', 'ü', "it's", '100%', 'a$b', 'a#b', 'a\tb', 'a\u007f', '', '.', '..', 'a"b', '{', 'lock', '.lock', 'x/HEAD'];

test.each(tricky)('%j: as git judges', (name) => {
  expect(isBranchName(name)).toBe(gitTakes(name));
});

test('any other text: as git judges', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'b', '.', '/', '-', '@', '{', '.lock', '~', ' ', '\\', '%', 'é'), maxLength: 6 });
  fc.assert(fc.property(name, (text) => { expect(isBranchName(text)).toBe(gitTakes(text)); }), { numRuns: 150 });
});
