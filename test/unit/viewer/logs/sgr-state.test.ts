import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLineIndex } from '../../../../src/viewer/logs/line-index.ts';
import { createSgrState } from '../../../../src/viewer/logs/sgr-state.ts';

const codes = fc.constantFrom('', '0', '00', '1', '1;31', '22', '31', '39', '38;5;9', '38;2;10;20;30', '38:2::1:2:3', '4', '4:0', '4:3', '24', '0;1', '1;0', '107', '48;5;200', '49', '58;5;1', '12345678901');
const sequences = fc.array(codes, { maxLength: 30 }).map((all) => all.map((code) => `\x1b[${code}m`));

test('many sequences at once do what they do one by one', () => {
  fc.assert(
    fc.property(sequences, fc.array(fc.constantFrom('', 'a', '\n', '\x1b[K', '\x1b', '[0m', '\x1b]0;m\x07'), { minLength: 30, maxLength: 30 }), (all, between) => {
      const one = createSgrState();
      for (const sequence of all) one.take(Buffer.from(sequence));
      const many = createSgrState();
      many.take(Buffer.from(all.map((sequence, at) => `${between[at] ?? ''}${sequence}`).join('')));
      expect(many.text()).toBe(one.text());
    }),
    { numRuns: 2000 },
  );
});

test('what the state says brings it about again', () => {
  fc.assert(
    fc.property(sequences, (all) => {
      const state = createSgrState();
      state.take(Buffer.from(all.join('')));
      expect(createSgrState(state.text()).text()).toBe(state.text());
    }),
  );
});

test('an index knows all lines, however its bytes come', () => {
  const line = fc.constantFrom('', 'a', 'b'.repeat(11), 'c'.repeat(12), 'd'.repeat(13), '\x1b[31me', '\x1b[mf'.repeat(9));
  fc.assert(
    fc.property(fc.array(line, { minLength: 500, maxLength: 700 }), fc.integer({ min: 1, max: 3000 }), (lines, size) => {
      const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''));
      const index = createLineIndex();
      for (let at = 0; at < bytes.length; at += size) index.add(bytes.subarray(at, at + size));
      expect([index.total, index.bytes]).toEqual([lines.length, bytes.length]);
      for (let number = 0, mark = index.at(0); mark !== undefined; number += 1, mark = index.at(number)) {
        const before = lines.slice(0, mark.line - 1).map((text) => `${text}\n`).join('');
        const state = createSgrState();
        state.take(Buffer.from(before));
        expect([mark.offset, mark.state]).toEqual([before.length, state.text()]);
      }
    }),
    { numRuns: 30 },
  );
});
