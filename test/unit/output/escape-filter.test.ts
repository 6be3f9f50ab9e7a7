import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEscapeFilter } from '../../../src/output/escape-filter.ts';
import { escapeSequence } from '../../../src/output/escape-sequences.ts';
import { chunked } from './masking.ts';

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });

test('chunk borders make no difference to a stream, with colours or without', () => {
  const texts = fc.array(fc.constantFrom('\x1b', '[', 'm', '1', ' ', '\n', 'x', 'ü', '\x1b[31m', '\x1b]0;t\x07', '\x1b[2K'), { maxLength: 20 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(texts, sizes, fc.boolean(), (text, cuts, colors) => {
      const filter = createEscapeFilter({ colors });
      const parts = chunked(Buffer.from(text), cuts).map((chunk) => Buffer.from(filter.write(chunk)));
      const kept = Buffer.concat([...parts, filter.end()]).toString();
      expect(kept).toBe(text.replace(new RegExp(escapeSequence, 'g'), (sequence) => (colors && /^\x1b\[[\d;:]*m$/.test(sequence) ? sequence : '')));
    }),
    { numRuns: 1000 },
  );
});

test('a stream whose sequence never ends is not held back for ever', () => {
  const filter = createEscapeFilter({ colors: false });
  expect(filter.write(Buffer.from(`a\x1b]0;${'x'.repeat(3000)}`)).toString()).toBe('a');
  expect(filter.write(Buffer.from('y\nb')).toString()).toMatch(/\nb$/);
});
