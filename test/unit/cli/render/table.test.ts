import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { colorsIf } from '../../../../src/cli/render/colors.ts';
import { describe, expect, test } from 'vitest';
import * as anyFit from '../../../../src/cli/render/any-fit.ts';
import { layOutTable, type TableOptions } from '../../../../src/cli/render/table-layout.ts';
import { wrap } from '../../../../src/cli/render/wrap.ts';

const { displayWidth, pad, truncate } = anyFit;
const renderTable = (rows: readonly (readonly string[])[], options: TableOptions): string => layOutTable(rows, options, anyFit);
const { red, bold } = colorsIf(true);

describe('truncate', () => {
  test.each([
    ['short', 5, 'short'],
    ['too long', 5, 'too …'],
    ['日本語', 4, '日…'],
    ['日本語', 6, '日本語'],
    ['👩‍👩‍👧 family', 4, '👩‍👩‍👧 …'],
    ['cafe\u0301s', 5, 'cafe\u0301s'],
    ['x', 0, ''],
  ])('%j to %i columns', (text, width, expected) => {
    expect(truncate(text, width, '…')).toBe(expected);
  });

  test('colours are switched off again behind the cut', () => {
    expect(truncate(`${red('long text')} more`, 5, '…')).toBe('\x1b[31mlong…\x1b[39m');
  });

  test('never takes more columns than it may, colours or not', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 30 }), (text, width) => {
        expect(displayWidth(truncate(bold(text), width, '…'))).toBeLessThanOrEqual(width);
      }),
    );
  });
});

test('pad counts columns, not characters', () => {
  expect(pad('日本', 6)).toBe('日本  ');
  expect(pad(red('x'), 3, 'right')).toBe(`  ${red('x')}`);
});

describe('renderTable', () => {
  const rows = [
    ['✓', '4.2 s', 'Fix the parser'],
    [red('✗'), '12.0 s', 'A subject that goes on and on'],
  ];

  test('aligns columns, two spaces apart, and leaves nothing at the end of a line', () => {
    expect(renderTable(rows, { width: Number.POSITIVE_INFINITY, alignRight: [1], flexible: 2 })).toBe(
      `✓   4.2 s  Fix the parser\n${red('✗')}  12.0 s  A subject that goes on and on`,
    );
  });

  test('cuts only the flexible column', () => {
    const lines = stripVTControlCharacters(renderTable(rows, { width: 24, alignRight: [1], flexible: 2 })).split('\n');
    expect(lines).toEqual(['✓   4.2 s  Fix the pars…', '✗  12.0 s  A subject th…']);
  });

  test('leaves out expendable columns before the flexible one says nothing any more', () => {
    const wide = [['✓', 'main', 'just now', 'A subject that goes on and on']];
    const at = (width: number): string => renderTable(wide, { width, flexible: 3, expendable: [1, 2] });
    expect(at(60)).toBe('✓  main  just now  A subject that goes on and on');
    expect(at(31)).toBe('✓  main  just now  A subject t…');
    expect(at(30)).toBe('✓  just now  A subject that g…');
    expect(at(25)).toBe('✓  just now  A subject t…');
    expect(at(24)).toBe('✓  A subject that goes …');
    expect(at(20)).toBe('✓  A subject that g…');
  });

  test('piped, a very long cell is whole and moves no others', () => {
    const long = 'x'.repeat(400);
    const lines = renderTable([['short', '1 ms'], [long, '2 ms']], { width: Number.POSITIVE_INFINITY, alignRight: [1], flexible: 0 }).split('\n');
    expect(lines).toEqual([`short${' '.repeat(55)}  1 ms`, `${long}  2 ms`]);
  });

  test('does not cut down to nothing', () => {
    expect(renderTable([['a long first column', 'another column']], { width: 5, flexible: 1 })).toBe('a long first column  another…');
  });

  test('rows may be of different lengths; a tab is one column', () => {
    expect(renderTable([['a', 'b\tc'], ['long']], { width: 80 })).toBe('a     b c\nlong');
    expect(renderTable([], { width: 80 })).toBe('');
  });

  test('no line is wider than the terminal when the other columns fit', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ maxLength: 5 }), fc.string({ unit: 'grapheme' })), { minLength: 1 }), fc.integer({ min: 24, max: 60 }), (cells, width) => {
        for (const line of renderTable(cells, { width, flexible: 1 }).split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('wrap', () => {
  test('breaks at spaces, keeps paragraphs and what is indented', () => {
    expect(wrap('one two three\nfour\n\n  as it   is\n  so\n\nfive', 9)).toEqual(['one two', 'three', 'four', '', '  as it   is', '  so', '', 'five']);
  });

  test('a word that is too long stands alone', () => {
    expect(wrap('a refs/jci-runs/0123 b', 8)).toEqual(['a', 'refs/jci-runs/0123', 'b']);
  });

  test('loses and adds no word', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^\S+$/), { minLength: 1 }), fc.integer({ min: 1, max: 40 }), (words, width) => {
        expect(wrap(words.join(' '), width).join(' ').split(/\s+/).filter(Boolean)).toEqual(words.join(' ').split(/\s+/).filter(Boolean));
      }),
    );
  });
});
