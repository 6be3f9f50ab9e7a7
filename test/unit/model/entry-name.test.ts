import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSchedule } from '../../../src/model/cron-schedule.ts';
import { isEntryName, unnamedEntryName } from '../../../src/model/entry-name.ts';

const none = new Set<string>();

const number = fc.integer({ min: 1, max: 5 }).map(String);
const range = fc.tuple(number, fc.integer({ min: 5, max: 6 })).map(([a, b]) => `${a}-${b}`);
const stepped = fc.tuple(fc.oneof(fc.constant('*'), range), number).map(([of, step]) => `${of}/${step}`);
const field = fc.array(fc.oneof(number, range, stepped), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(','));
const schedule = fc.oneof(
  fc.array(fc.oneof(fc.constant('*'), field), { minLength: 5, maxLength: 5 }).map((fields) => fields.join(' ')),
  fc.constantFrom('@daily', '@hourly', '@reboot', '* * * * mon', '* * * dec *'),
);
const branch = fc.option(fc.string({ unit: fc.constantFrom('a', 'x', '_', '-', '.', '/', 'ü', '1', '%') , minLength: 1 }), { nil: undefined });

test('an entry without a name has one that it may have', () => {
  fc.assert(
    fc.property(schedule, branch, fc.nat(3), (text, on, already) => {
      expect(parseSchedule(text.split(' '))).not.toHaveProperty('problem');
      const taken = new Set<string>();
      for (let count = 0; count <= already; count += 1) {
        const name = unnamedEntryName(text, on, taken);
        expect(isEntryName(name)).toBe(true);
        expect(taken.has(name)).toBe(false);
        taken.add(name);
      }
    }),
  );
});

test('other schedules and branches have other names', () => {
  fc.assert(
    fc.property(schedule, branch, schedule, branch, (text, on, otherText, otherOn) => {
      fc.pre(text !== otherText || on !== otherOn);
      expect(unnamedEntryName(text, on, none)).not.toBe(unnamedEntryName(otherText, otherOn, none));
    }),
  );
});

test.each([['a', true], ['7', true], ['a'.repeat(64), true], ['a'.repeat(65), false], ['', false], ['-a', false], ['.', false], ['a/b', false], ['ü', false]])('%s may be a name: %s', (text, may) => {
  expect(isEntryName(text)).toBe(may);
});
