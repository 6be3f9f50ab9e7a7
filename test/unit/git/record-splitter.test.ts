import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRecordSplitter } from '../../../src/git/record-splitter.ts';

const record = fc.string({ unit: fc.constantFrom('a', 'ü', '\u{1f600}', ' ', '\n'), maxLength: 30 });

test('gives each record, cut at the limit, however the bytes come', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 8 }), record, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9 }), (records, last, limit, size) => {
      const bytes = Buffer.from(`${records.map((text) => `${text}\0`).join('')}${last}`);
      const splitter = createRecordSplitter('\0', limit);
      const given: string[] = [];
      for (let start = 0; start < bytes.length; start += size) given.push(...splitter.take(bytes.subarray(start, start + size)));
      expect([...given, splitter.rest()]).toEqual([...records, last].map((text) => text.slice(0, limit)));
    }),
  );
});
