import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cronShellWord, readCronShellWord } from '../../../src/cron/shell-word.ts';

/**
 * What cron hands to the shell: the text up to the first bare `%`, with `\%` turned into `%`. Debian's turns `\\` into
 * `\` as well, other crons keep it.
 */
function readByCron(command: string, joinsBackslashes: boolean): string {
  let read = '';
  for (let at = 0; at < command.length; at++) {
    const pair = command.slice(at, at + 2);
    if (command[at] === '%') throw new Error(`cron cuts this off: ${command}`);
    if (pair === '\\%' || (joinsBackslashes && pair === '\\\\')) {
      read += pair.slice(1);
      at += 1;
    } else if (command[at] === '\\') {
      read += pair;
      at += 1;
    } else {
      read += command.charAt(at);
    }
  }
  return read;
}

function wordsSeenBySh(words: readonly string[], joinsBackslashes: boolean): string[] {
  const command = readByCron(words.map(cronShellWord).join(' '), joinsBackslashes);
  return execFileSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

describe.each([
  ["Debian's cron", true],
  ['other crons', false],
])('%s and sh read every word as it was', (_, joinsBackslashes) => {
  test('for known troublemakers', () => {
    const words = ['a b', "it's", '100%', '\\', '\\\\', '\\%', '%\\', "\\'", "'\\", '"$HOME"', '`id`', '$(id)', '*', '~', '!', '#x', '', ' ', '\t', 'é', '-n', '\\%\\%', "'%'", '\\\\%', 'a=b', ';', '&'];
    expect(wordsSeenBySh(words, joinsBackslashes)).toEqual(words);
  });

  test('for any', () => {
    const word = fc.string({ unit: fc.constantFrom('a', '%', '\\', "'", '"', ' ', '$', '`', '#', '!', 'é', '\t'), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), (words) => {
        expect(wordsSeenBySh(words, joinsBackslashes)).toEqual(words);
      }),
      { numRuns: 60 },
    );
  });
});

test('plain paths stay readable', () => {
  expect(cronShellWord('/usr/local/bin/node-20.19_x')).toBe('/usr/local/bin/node-20.19_x');
});

describe('is read again', () => {
  test('as it was, whatever it is', () => {
    const word = fc.string({ unit: fc.constantFrom('a', '/', '%', '\\', "'", '"', ' ', '$', '#', '\xe9', '\t'), maxLength: 12 });
    fc.assert(
      fc.property(word, fc.constantFrom('', ' && x', ' %'), (text, rest) => {
        expect(readCronShellWord(`${cronShellWord(text)}${rest}`)).toEqual({ word: text, rest });
      }),
    );
  });

  test.each(['', ' a', 'a;b', 'a"b"', '$HOME', "'open", '~/x'])('unless somebody else wrote it: %s', (text) => {
    expect(readCronShellWord(text)).toBeUndefined();
  });
});
