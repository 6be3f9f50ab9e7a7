import { createColorPalette } from 'ansi-sequence-parser';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coloredReader, stateAfter, withoutColors } from '../../../src/output/colored-text.ts';

const terminalText = fc
  .array(fc.oneof(fc.string(), fc.constantFrom('\x1b[', '\x1b[31m', '\x1b[m', '\x1b[1;3', '\x1b[38;5;', '\x1b[48:2::1:2:3m', '\x1b[7m', 'm', '<', '\x1b]8;;', '\x1b', '\n', '\x9b')))
  .map((parts) => parts.join(''));

const plain = (text: string): string => coloredReader()(text).map((span) => span.text).join('');

describe('coloredReader', () => {
  test.each([
    ['\x1b[31mred\x1b[mplain', [{ text: 'red', classes: 'f1' }, { text: 'plain', classes: '' }]],
    ['\x1b[31;0mplain', [{ text: 'plain', classes: '' }]],
    ['\x1b[0;1;31mred', [{ text: 'red', classes: 'f1 bo' }]],
    ['\x1b[4:3mcurly\x1b[4:0mnone', [{ text: 'curly', classes: 'un' }, { text: 'none', classes: '' }]],
    ['\x1b[38:2::255:135:0mcolons', [{ text: 'colons', classes: '', color: '#ff8700' }]],
    ['\x1b[38;5;17;48;2;1;2;3mboth', [{ text: 'both', classes: '', color: '#00005f', background: '#010203' }]],
    ['\x1b[58;5;31munderline in red', [{ text: 'underline in red', classes: '' }]],
    ['\x1b[38;5mnot a colour', [{ text: 'not a colour', classes: '' }]],
    ['\x1b[1;2mboth\x1b[22mnone', [{ text: 'both', classes: 'bo di' }, { text: 'none', classes: '' }]],
    ['\x1b[7;9min', [{ text: 'in', classes: 'fi ki st' }]],
    ['\x1b[7;44min', [{ text: 'in', classes: 'f4 ki' }]],
    ['\x1b[2J\x1b]0;title\x07seen', [{ text: 'seen', classes: '' }]],
  ])('%j', (text, spans) => {
    expect(coloredReader()(text)).toEqual(spans);
  });

  test('carries colours from line to line, and begins with those it was given', () => {
    const read = coloredReader('\x1b[1m');
    expect(read('bold\x1b[32m')).toEqual([{ text: 'bold', classes: 'bo' }]);
    expect(read('and green')).toEqual([{ text: 'and green', classes: 'f2 bo' }]);
  });

  test('keeps the plain text of anything', () => {
    fc.assert(fc.property(terminalText, (text) => {
      expect(plain(text)).toBe(withoutColors(text));
    }));
    fc.assert(fc.property(fc.string().filter((text) => !/[\x1b\x9b]/.test(text)), (text) => {
      expect(plain(text)).toBe(text);
    }));
  });

  test('takes for text what a terminal does', () => {
    const text = '\x1b[1mRUN\x1b[22m  \x1b[36mv4\x1b[39m \x1b[90m/repo\x1b[39m';
    expect(withoutColors(text)).toBe(stripVTControlCharacters(text));
  });
});

describe('stateAfter', () => {
  test('is empty once all is switched off', () => {
    expect(stateAfter('\x1b[1m', 'a\x1b[31mb\x1b[0m')).toBe('');
  });

  test('leaves the same look to what follows as reading all at once', () => {
    fc.assert(
      fc.property(terminalText, terminalText, (first, second) => {
        const whole = coloredReader();
        whole(`${first}\n`);
        expect(coloredReader(stateAfter('', `${first}\n`))(second)).toEqual(whole(second));
      }),
    );
  });
});

test('the 240 colours that no theme changes are those of other terminals', () => {
  const palette = createColorPalette();
  for (let index = 16; index < 256; index += 1) {
    expect(coloredReader()(`\x1b[38;5;${index};48;5;${index}mx`)).toMatchObject([{ color: palette.value({ type: 'table', index }), background: palette.value({ type: 'table', index }) }]);
  }
});
