import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hookNames } from '../../../src/hooks/names.ts';
import { shellWords } from '../../../src/hooks/shell-words.ts';
import { hookText, hookTexts, versionOfHookText } from '../../../src/hooks/texts.ts';

const self = ['/usr/bin/node', '/opt/git jci/bin/git-jci'];

/** Of every text that was ever released. A changed hash means that hooks in the field are no longer recognised: append instead. */
const released = {
  'post-commit': ['084620a61963e273'],
  'post-merge': ['bd5bc43831f895f8'],
  'pre-push': ['c2322a2b03ba217b'],
};

test('the released texts are what they were', () => {
  const hashes = Object.fromEntries(
    hookNames.map((name) => [name, hookTexts[name].map((text) => createHash('sha256').update(text).digest('hex').slice(0, 16))]),
  );
  expect(hashes).toEqual(released);
});

describe.each(hookNames)('%s', (name) => {
  test('is recognised whichever git jci it starts, and gives the words back unharmed', () => {
    const path = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(fc.array(path, { minLength: 1, maxLength: 3 }), (words) => {
        const text = hookText(name, words);
        expect(versionOfHookText(name, text)).toBe(hookTexts[name].length);
        expect(text).toContain(`exec ${shellWords(words)} hook run ${name} "$@"`);
      }),
    );
  });

  test('is not recognised with a single byte more, less or changed', () => {
    const text = hookText(name, self);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('#', ' ', 'x', '\n'), (at, byte) => {
        const withMore = text.slice(0, at) + byte + text.slice(at);
        const withLess = text.slice(0, at) + text.slice(at + 1);
        // Inside the words that start us, another text is another path: those two places are each other's check.
        expect(versionOfHookText(name, withMore)).toBeUndefined();
        expect(versionOfHookText(name, withLess)).toBeUndefined();
      }),
    );
    expect(versionOfHookText(name, `${text}\n`)).toBeUndefined();
    expect(versionOfHookText(name, text.replaceAll('\n', '\r\n'))).toBeUndefined();
  });

  test('is not recognised when the two places start different programs, or more than words', () => {
    expect(versionOfHookText(name, hookText(name, self).replace(shellWords(self), "'/other'"))).toBeUndefined();
    expect(versionOfHookText(name, hookText(name, self).replaceAll(shellWords(self), 'rm -rf /'))).toBeUndefined();
    expect(versionOfHookText(name, hookText(name, self).replaceAll(shellWords(self), `'/a'; '/b'`))).toBeUndefined();
  });

  test('is nobody else\'s text', () => {
    for (const other of hookNames.filter((hook) => hook !== name)) {
      expect(versionOfHookText(name, hookText(other, self))).toBeUndefined();
    }
  });

  test('is sound POSIX shell', () => {
    const input = hookText(name, ["/a 'quoted' path/node", '/b']);
    execFileSync('sh', ['-n'], { input });
    execFileSync('shellcheck', ['--shell=sh', '-'], { input });
  });
});
