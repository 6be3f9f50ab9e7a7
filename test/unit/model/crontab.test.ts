import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCrontab } from '../../../src/model/crontab.ts';
import { isEntryName } from '../../../src/model/entry-name.ts';

const problemsOf = (text: string): string[] => parseCrontab(text).problems.map(({ line, message }) => `${line}: ${message}`);

describe('entries', () => {
  test('have a schedule, and a branch and a name in any order', () => {
    const { entries, problems } = parseCrontab('0 3 * * * branch:main name:nightly\n@daily name:d branch:release/1.x\n*/5 * * * *\n');
    expect(problems).toEqual([]);
    expect(entries.map(({ name, branch, line, schedule }) => [line, name, branch, schedule.text])).toEqual([
      [1, 'nightly', 'main', '0 3 * * *'],
      [2, 'd', 'release/1.x', '@daily'],
      [3, 'x..5_x_x_x_x', undefined, '*/5 * * * *'],
    ]);
  });

  test('are found among comments, blank lines, CRLF, tabs and a byte order mark', () => {
    const { entries, problems } = parseCrontab('\uFEFF# every night\r\n\r\n  \t# more\n\t0\t3  * * *\tname:a\r\n@hourly');
    expect(problems).toEqual([]);
    expect(entries.map(({ name, line, schedule }) => [line, name, schedule.text])).toEqual([
      [4, 'a', '0 3 * * *'],
      [5, 'hourly', '@hourly'],
    ]);
  });

  test('without a name are called by what they are, whatever stands around them', () => {
    const namesOf = (...lines: string[]): string[] => parseCrontab(lines.join('\n')).entries.map(({ name }) => name);
    expect(namesOf('# x', '', '@daily', '0 3 * * 1-5 branch:main', '@daily branch:rel/1')).toEqual(['daily', '0_3_x_x_1-5_main', expect.stringMatching(/^daily_rel-1-[0-9a-f]{8}$/)]);
    expect(namesOf('0 3 * * 1-5 branch:main', '@daily')).toEqual(['0_3_x_x_1-5_main', 'daily']);
    // The same twice, and a name that somebody has chosen, also further down.
    expect(namesOf('@daily', '@daily', '@weekly name:daily', '@weekly name:daily-3')).toEqual(['daily-2', 'daily-4', 'daily', 'daily-3']);
  });

  test('are none in a file without any', () => {
    expect(parseCrontab('')).toEqual({ entries: [], problems: [] });
    expect(parseCrontab('# nothing\n\n')).toEqual({ entries: [], problems: [] });
  });
});

describe('problems', () => {
  test('are all told, each with its line', () => {
    const text = '61 * * * *\n@daily name:a\n@nightly\n0 0 * *\n@daily name:a\n0 3 * * * make test\n';
    expect(problemsOf(text)).toEqual([
      "1: minute '61': 61 is not within 0-59",
      expect.stringMatching(/^3: '@nightly' is not one of @reboot @hourly/),
      '4: a schedule has 5 fields (minute hour day month weekday), not 4',
      '5: name:a is the name of line 2 already',
      "6: 'make' is neither branch:<branch> nor name:<name> (what runs is .jci/run.sh)",
    ]);
  });

  test.each([
    ['0 3 * * branch:main', /5 fields .* not 4/],
    ['@daily branch:', /branch: is not a branch name/],
    ['@daily branch:-x', /branch:-x is not a branch name/],
    ['@daily branch:a..b', /not a branch name/],
    ['@daily branch:a branch:b', /branch: is given twice/],
    ['@daily name:', /name: is not up to 64/],
    ['@daily name:-x', /name:-x is not/],
    ['@daily name:.', /name:\. is not/],
    ['@daily name:a/b', /name:a\/b is not/],
    ['@daily name:ü', /name:ü is not/],
    [`@daily name:${'a'.repeat(65)}`, /up to 64/],
    ['@daily # nightly', /a comment needs a line of its own/],
    ['* * * * * *', /'\*' is neither branch/],
  ])('%s', (line, message) => {
    expect(problemsOf(line)).toEqual([expect.stringMatching(message)]);
  });

  test('are found in any text without throwing, and never beside an entry of the same line', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('0', '1', '9', '*', '/', '-', ',', ' ', '\n', '\t', '\r', '@', '#', ':', '@daily', '* ', 'branch:', 'name:', 'a') }), (text) => {
        const { entries, problems } = parseCrontab(text);
        expect(entries.every(({ name }) => isEntryName(name))).toBe(true);
        if (problems.length === 0) expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length);
        const bad = new Set(problems.filter(({ message }) => !message.includes('already')).map(({ line }) => line));
        expect(entries.some(({ line }) => bad.has(line))).toBe(false);
      }),
    );
  });
});
