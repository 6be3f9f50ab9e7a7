import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { outcomes, triggers, runStatuses } from '../../../src/model/outcome.ts';
import type { ResultSummary } from '../../../src/model/trailers.ts';
import { extendSummaryCache, loadSummaryCache, type CacheEntry } from '../../../src/store/summary-cache.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jci-cache-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const path = (): string => join(folder, 'jci/cache/summaries-3');

const id = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 40, maxLength: 40 });
const orNot = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
const summary: fc.Arbitrary<ResultSummary> = fc.record({
  about: fc.constant('0123456789ab/1700000000-abcd'),
  status: fc.constantFrom(...runStatuses),
  outcome: orNot(fc.constantFrom(...outcomes)),
  durationMs: orNot(fc.nat()),
  tree: orNot(id),
  script: orNot(id),
  branch: orNot(fc.oneof(fc.constantFrom('-', '.', '%', '%2D', 'a b', 'ü', '--', '\u2028'), fc.string({ unit: 'grapheme', minLength: 1 }))),
  trigger: orNot(fc.constantFrom(...triggers)),
  exitCode: orNot(fc.nat(255)),
  dirty: fc.boolean(),
}, { requiredKeys: ['status', 'outcome', 'durationMs', 'tree', 'script', 'branch', 'trigger', 'exitCode', 'dirty'] });
const entries: fc.Arbitrary<CacheEntry[]> = fc.uniqueArray(fc.record({ result: id, summary }), { selector: ({ result }) => result, maxLength: 20 });

const full: ResultSummary = { status: 'ok', outcome: 'passed', durationMs: 12, tree: 'a'.repeat(40), script: 'b'.repeat(40), branch: 'main', trigger: 'manual', exitCode: 0, dirty: true, about: '0123456789ab/1700000000-abcd' };
const [first, second, third] = ['1'.repeat(40), '2'.repeat(40), '3'.repeat(40)] as const;

describe('the summary cache', () => {
  test('gives back what it was given, in one go or in several', () => {
    fc.assert(
      fc.property(entries, fc.nat(20), (written, cut) => {
        rmSync(path(), { force: true });
        extendSummaryCache(folder, written.slice(0, cut));
        extendSummaryCache(folder, written.slice(cut));
        const cache = loadSummaryCache(folder);
        expect(written.map(({ result }) => ({ result, summary: cache.get(result) }))).toEqual(written);
        expect(written.every(({ result }) => cache.has(result))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test('that is not there is empty, and nothing is written for nothing', () => {
    expect(loadSummaryCache(folder).has(first)).toBe(false);
    extendSummaryCache(folder, []);
    expect(() => readFileSync(path())).toThrow('ENOENT');
  });

  test('cut short anywhere holds nothing that was not written', () => {
    extendSummaryCache(folder, [{ result: first, summary: full }]);
    const { length } = readFileSync(path());
    extendSummaryCache(folder, [{ result: second, summary: full }]);
    const bytes = readFileSync(path());
    for (let size = length; size < bytes.length; size += 1) {
      writeFileSync(path(), bytes);
      truncateSync(path(), size);
      const cache = loadSummaryCache(folder);
      expect(cache.get(first)).toEqual(full);
      if (cache.has(second)) expect([size, cache.get(second)]).toEqual([size, full]);
      extendSummaryCache(folder, [{ result: third, summary: full }]);
      expect([size, loadSummaryCache(folder).get(third)]).toEqual([size, full]);
    }
  });

  test('passes over lines that are garbled, and what a crash glued to them', () => {
    extendSummaryCache(folder, [{ result: first, summary: full }]);
    const good = readFileSync(path(), 'utf8').trim();
    const wrong = [
      '',
      'x',
      good.slice(0, 60),
      `${good.slice(0, 60)}${good}`,
      good.replace(' ok ', ' great '),
      good.replace(' 12 ', ' soon '),
      good.replace(/ 1 \.$/, ' '),
      good.replace(/ 1 \.$/, '  .'),
      good.replace(/1 \.$/, 'yes .'),
      '\u0000'.repeat(50),
    ].map((line) => line.replace(first, second));
    appendFileSync(path(), `${wrong.join('\n')}\n`);
    extendSummaryCache(folder, [{ result: third, summary: full }]);
    const cache = loadSummaryCache(folder);
    expect([first, second, third].map((id) => cache.get(id))).toEqual([full, undefined, full]);
  });

  test('a branch that cannot be decoded is no branch, and no error', () => {
    extendSummaryCache(folder, [{ result: first, summary: full }]);
    for (const branch of ['%', '%E0%A4', '%zz']) {
      writeFileSync(path(), readFileSync(path(), 'utf8').replace(/ \S+ manual/, ` ${branch} manual`));
      expect(loadSummaryCache(folder).get(first)).toEqual({ ...full, branch: undefined });
    }
  });

  test('holds nothing that has no place in a line: others may write anything into their trailers', () => {
    extendSummaryCache(folder, [{ result: first, summary: { ...full, tree: 'not an id' } }, { result: second, summary: undefined }, { result: third, summary: full }]);
    const cache = loadSummaryCache(folder);
    expect([first, second, third].map((id) => cache.has(id))).toEqual([false, false, true]);
  });

  test('never throws for any bytes', () => {
    extendSummaryCache(folder, [{ result: first, summary: full }]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        writeFileSync(path(), bytes);
        expect(loadSummaryCache(folder).get(first)).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });
});
