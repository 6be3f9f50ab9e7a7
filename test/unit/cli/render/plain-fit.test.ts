import fc from 'fast-check';
import { colorsIf } from '../../../../src/cli/render/colors.ts';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import * as anyFit from '../../../../src/cli/render/any-fit.ts';
import { isPlain, plainFit } from '../../../../src/cli/render/plain-fit.ts';
import { layOutTable } from '../../../../src/cli/render/table-layout.ts';
import { renderTable } from '../../../../src/cli/render/table.ts';

const { red, bold } = colorsIf(true);
const plainCharacters = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code)).filter(isPlain);
const plainText = fc.string({ unit: fc.constantFrom(...plainCharacters) });

describe('plain text', () => {
  test('is ASCII, European letters and our symbols, in colours or not', () => {
    for (const text of ['', 'Fix the parser', 'Größe: “naïve” — Привет, ελληνικά…', '✓✗●◷⊘↯○·', red('✗'), bold(red('x'))]) expect([text, isPlain(text)]).toEqual([text, true]);
    for (const text of ['日本', '👩‍👩‍👧', 'e\u0301', '\u200b', '\u00ad', '\x1b', '\x1b[2J', '\t', 'a\nb', '©\ufe0f']) expect([text, isPlain(text)]).toEqual([text, false]);
  });

  test('takes one column per character, whatever stands beside it', () => {
    expect(plainCharacters.length).toBeGreaterThan(900);
    expect(plainCharacters.filter((character) => stringWidth(character) !== 1)).toEqual([]);
    fc.assert(
      fc.property(plainText, (text) => {
        expect(plainFit.displayWidth(red(text))).toBe(stringWidth(text));
      }),
    );
  });

  test('is cut and filled up as any text is', () => {
    fc.assert(
      fc.property(plainText, plainText, fc.integer({ min: 0, max: 20 }), (first, second, width) => {
        const text = `${first}${red(second)}`;
        expect(plainFit.truncate(text, width, '…')).toBe(anyFit.truncate(text, width, '…'));
        expect(plainFit.pad(text, width, 'right')).toBe(anyFit.pad(text, width, 'right'));
      }),
    );
  });
});

test('a table is the same, measured either way', async () => {
  const cell = fc.oneof(plainText, fc.string({ unit: 'grapheme' }), fc.constant('a\tb'));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(cell, { maxLength: 4 })), fc.integer({ min: 5, max: 60 }), async (rows, width) => {
      const options = { width, flexible: 1, alignRight: [0] };
      expect(await renderTable(rows, options)).toBe(layOutTable(rows, options, anyFit));
    }),
  );
});
