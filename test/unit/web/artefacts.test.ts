import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Artefact } from '../../../src/api/run-detail.ts';
import { isSameHref, rowsOf, treeOf } from '../../../web/views/artefact/artefact-tree.ts';
import { parseDelimited, separatorOf, sortRows } from '../../../web/views/artefact/delimited.ts';

const file = (path: string, size = 1): Artefact => ({ path, href: path, id: 'a'.repeat(40), size, executable: false, kind: 'text' });
const all = (): boolean => true;
const none = (): boolean => false;

describe('the tree of artefacts', () => {
  const tree = treeOf([file('a.txt', 5), file('b/c/d/one', 1), file('b/c/d/two', 2), file('e/f', 4), file('e/g/h', 8)]);
  const shown = (isOpen: (path: string) => boolean) => rowsOf(tree, isOpen).map(({ name, depth }) => `${'.'.repeat(depth)}${name}`);

  test('has folders first, and a chain of folders in one row', () => {
    expect(shown(all)).toEqual(['b/c/d', '.one', '.two', 'e', '.g', '..h', '.f', 'a.txt']);
  });

  test('hides what is in a folder that is not open', () => {
    expect(shown(none)).toEqual(['b/c/d', 'e', 'a.txt']);
    expect(shown((path) => path === 'e')).toEqual(['b/c/d', 'e', '.g', '.f', 'a.txt']);
  });

  test('counts what is in a folder, also in those inside it', () => {
    expect(rowsOf(tree, none)).toMatchObject([{ path: 'b/c/d', files: 2, size: 3 }, { path: 'e', files: 2, size: 12 }, { path: 'a.txt' }]);
  });

  test('takes names for nothing but names', () => {
    const rows = rowsOf(treeOf([file('__proto__/constructor'), file('toString')]), all);
    expect(rows.map(({ path }) => path)).toEqual(['__proto__', '__proto__/constructor', 'toString']);
  });
});

test('paths in URLs are the same if their bytes are', () => {
  expect(isSameHref('a%7Eb/%ff', 'a~b/%FF')).toBe(true);
  expect(isSameHref('a%2Fb', 'a%2fb')).toBe(true);
  expect(isSameHref('a', 'b')).toBe(false);
});

describe('CSV', () => {
  const rows = (text: string) => parseDelimited(text, ',', 100).rows;

  test.each<[string, string[][]]>([
    ['a,b\n1,2\n', [['a', 'b'], ['1', '2']]],
    ['a,b\r\n1,2', [['a', 'b'], ['1', '2']]],
    ['"a,b","c\nd"\n', [['a,b', 'c\nd']]],
    ['"say ""hi""",x', [['say "hi"', 'x']]],
    ['a,,\n', [['a', '', '']]],
    ['a"b,c', [['a"b', 'c']]],
    ['"open,\nstill', [['open,\nstill']]],
    ['"a"b,c', [['ab', 'c']]],
    ['\ufeffa', [['a']]],
    ['', []],
    ['a\n\nb', [['a'], [''], ['b']]],
  ])('%j', (text, expected) => expect(rows(text)).toEqual(expected));

  test('stops after as many rows as were asked for', () => {
    expect(parseDelimited('1\n2\n3\n', ',', 2)).toEqual({ rows: [['1'], ['2']], columns: 1, cut: true });
    expect(parseDelimited('1\n2\n', ',', 2).cut).toBe(false);
  });

  test('reads back whatever was written by its rules', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é') });
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 5 }), (table) => {
        const text = table.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\n');
        expect(rows(text)).toEqual(table);
      }),
    );
  });

  test('knows what separates cells', () => {
    expect(separatorOf('a.TSV', 'a,b')).toBe('\t');
    expect(separatorOf('a.csv', 'a;b\nc,d')).toBe(';');
    expect(separatorOf('a.csv', 'a,b;c')).toBe(',');
  });
});

describe('rows of a table', () => {
  const rows = [['b', '10 %', 'x'], ['a', '9.5 %'], ['c', '', 'y'], ['a', '-1']];

  test('are sorted by numbers where there are numbers, else by text', () => {
    expect(sortRows(rows, { column: 1, descending: false }).map(([, cell]) => cell)).toEqual(['-1', '9.5 %', '10 %', '']);
    expect(sortRows(rows, { column: 1, descending: true }).map(([, cell]) => cell)).toEqual(['', '10 %', '9.5 %', '-1']);
    expect(sortRows(rows, { column: 0, descending: false }).map((row) => row.join())).toEqual(['a,9.5 %', 'a,-1', 'b,10 %,x', 'c,,y']);
  });
});
