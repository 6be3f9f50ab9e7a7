import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editCrontab, findInstalledLines } from '../../../src/cron/edit-crontab.ts';

const root = '/home/ada/project';
const markFor = (folder: string, name: string): string => `# JCI:${createHash('sha256').update(folder).digest('hex')} [${name}]`;
const line = (name: string, schedule = '0 3 * * *'): string => `${schedule} x ${markFor(root, name)}`;
const wanted = (...names: string[]): Map<string, string> => new Map(names.map((name) => [name, line(name)]));

const edit = (crontab: string, lines: ReadonlyMap<string, string>): ReturnType<typeof editCrontab> => editCrontab(crontab, root, lines);

describe('adding and removing', () => {
  test('puts new lines at the end', () => {
    expect(edit('MAILTO=ada\n', wanted('a', 'b'))).toEqual({
      crontab: `MAILTO=ada\n${line('a')}\n${line('b')}\n`,
      changes: [
        { name: 'a', change: 'added' },
        { name: 'b', change: 'added' },
      ],
    });
  });

  test('puts them before text that lacks a final line break', () => {
    expect(edit('A=1\n* * * * * x', wanted('a')).crontab).toBe(`A=1\n${line('a')}\n* * * * * x`);
    expect(edit('* * * * * x', wanted('a')).crontab).toBe(`${line('a')}\n* * * * * x`);
  });

  test('any crontab gets its bytes back when the lines go again', () => {
    const text = fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('latin1'));
    const lines = fc.array(fc.constantFrom('', '\r', '* * * * * x', '# JCI:', `x ${markFor('/other', 'a')}`, '\xff\xfe'), { maxLength: 6 });
    const crontab = fc.oneof(text, lines.map((all) => all.join('\n')), lines.map((all) => `${all.join('\n')}\n`));
    fc.assert(
      fc.property(crontab, fc.subarray(['a', 'b', '3']), (before, names) => {
        const installed = edit(before, wanted(...names));
        expect(installed.changes).toHaveLength(names.length);
        expect([...findInstalledLines(installed.crontab, root)]).toEqual([...wanted(...names)]);
        expect(edit(installed.crontab, wanted(...names))).toEqual({ crontab: installed.crontab, changes: [] });
        expect(edit(installed.crontab, new Map()).crontab).toBe(before);
      }),
    );
  });
});

describe('changing', () => {
  test('keeps the place of a line', () => {
    const before = `A=1\n${line('a', '@daily')}\nB=2\n${line('b')}\nC=3\n`;
    expect(edit(before, wanted('b', 'a'))).toEqual({
      crontab: `A=1\n${line('a')}\nB=2\n${line('b')}\nC=3\n`,
      changes: [{ name: 'a', change: 'changed' }],
    });
  });

  test('renews lines that an editor has damaged, and drops copies', () => {
    const before = `#${line('a')}\r\n${line('a')}\n${line('b')}`;
    expect(edit(before, wanted('a', 'b'))).toEqual({
      crontab: `${line('a')}\n${line('b')}\n`,
      changes: [
        { name: 'a', change: 'changed' },
        { name: 'a', change: 'removed' },
        { name: 'b', change: 'changed' },
      ],
    });
  });

  test('removes what is no longer wanted', () => {
    expect(edit(`A=1\n${line('a')}\n${line('b')}\nB=2\n`, wanted('b'))).toEqual({
      crontab: `A=1\n${line('b')}\nB=2\n`,
      changes: [{ name: 'a', change: 'removed' }],
    });
  });
});

test('lines of other repositories and lookalikes are not ours', () => {
  const others = [
    `0 3 * * * x ${markFor('/home/ada/project2', 'a')}`,
    `0 3 * * * x ${markFor(root, 'a')} more`,
    `0 3 * * * x ${markFor(root, 'a b')}`,
    `0 3 * * * x${markFor(root, 'a')}`,
    `0 3 * * * x ${markFor(root, 'a').toUpperCase()}`,
  ].join('\n');
  expect(edit(`${others}\n`, new Map())).toEqual({ crontab: `${others}\n`, changes: [] });
  expect(findInstalledLines(others, root).size).toBe(0);
});
