import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { readReservedEnd, reserveEnd, writeReservedEnd } from '../../../src/store/reserved-end.ts';

const folder = mkdtempSync(join(tmpdir(), 'reserved-end-'));
const path = join(folder, 'end.json');
afterAll(() => rmSync(folder, { recursive: true }));

const anyText = fc.string({ unit: 'binary', maxLength: 6000 });
const over = fc.record({
  end: fc.record(
    {
      outcome: fc.constantFrom('passed', 'failed', 'timeout', 'cancelled', 'broken'),
      exitCode: fc.option(fc.nat(255), { nil: null }),
      signal: fc.option(fc.constantFrom('SIGKILL', 'SIGTERM'), { nil: null }),
      reason: anyText,
      notes: fc.array(anyText, { maxLength: 3 }),
    },
    { requiredKeys: ['outcome', 'exitCode', 'signal', 'notes'] },
  ),
  durationMs: fc.nat(),
  dirty: fc.boolean(),
});

test('whatever there is to say of an end fits into what was reserved', () => {
  fc.assert(
    fc.property(over, (said) => {
      reserveEnd(path);
      expect(readReservedEnd(path)).toBe(undefined);
      const { size } = statSync(path);
      writeReservedEnd(path, said);
      expect(statSync(path).size).toBe(size);
      const { outcome, exitCode, signal, reason } = said.end;
      const read = readReservedEnd(path);
      expect(read).toMatchObject({ end: { outcome, exitCode, signal }, durationMs: said.durationMs, dirty: said.dirty });
      if (Buffer.byteLength(JSON.stringify(said)) <= size) expect(read).toEqual(JSON.parse(JSON.stringify(said)));
      else expect(reason === undefined || reason.startsWith(read?.end.reason ?? 'none')).toBe(true);
    }),
  );
});

test('a later, shorter end leaves nothing of the earlier one', () => {
  reserveEnd(path);
  writeReservedEnd(path, { end: { outcome: 'failed', exitCode: 3, signal: null, notes: ['long '.repeat(100)] }, durationMs: 5, dirty: true });
  writeReservedEnd(path, { end: { outcome: 'passed', exitCode: 0, signal: null, notes: [] }, durationMs: 6, dirty: false });
  expect(readFileSync(path, 'utf8')).not.toContain('long');
  expect(readReservedEnd(path)).toMatchObject({ end: { outcome: 'passed' } });
});
