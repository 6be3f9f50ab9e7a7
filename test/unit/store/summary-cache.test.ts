import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { outcomes, triggers, verdicts } from '../../../src/model/outcome.ts';
import type { ResultSummary } from '../../../src/model/trailers.ts';
import { extendSummaryCache, loadSummaryCache } from '../../../src/store/summary-cache.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jci-cache-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const path = (): string => join(folder, 'jci/cache/summaries-1');

const id = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 40, maxLength: 40 });
const orNot = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
const summary: fc.Arbitrary<ResultSummary> = fc.record({
  status: fc.constantFrom(...verdicts),
  outcome: orNot(fc.constantFrom(...outcomes)),
  durationMs: orNot(fc.nat()),
  tree: orNot(id),
  script: orNot(id),
  branch: orNot(fc.oneof(fc.constantFrom('-', '%', '%2D', 'a b', 'ü', '--', '\u2028'), fc.string({ unit: 'grapheme', minLength: 1 }))),
  trigger: orNot(fc.constantFrom(...triggers)),
  exitCode: orNot(fc.nat(255)),
  dirty: fc.boolean(),
});
const entries = fc.uniqueArray(fc.tuple(id, summary), { selector: ([key]) => key, maxLength: 20 });

const full: ResultSummary = { status: 'ok', outcome: 'passed', durationMs: 12, tree: 'a'.repeat(40), script: 'b'.repeat(40), branch: 'main', trigger: 'manual', exitCode: 0, dirty: true };
const [first, second] = ['1'.repeat(40), '2'.repeat(40)] as const;

describe('the summary cache', () => {
  test('gives back what it was given, in one go or in several', () => {
    fc.assert(
      fc.property(entries, fc.nat(20), (written, cut) => {
        rmSync(path(), { force: true });
        extendSummaryCache(folder, written.slice(0, cut));
        extendSummaryCache(folder, written.slice(cut));
        expect(loadSummaryCache(folder)).toEqual(new Map(written));
      }),
      { numRuns: 50 },
    );
  });

  test('that is not there is empty, and nothing is written for nothing', () => {
    expect(loadSummaryCache(folder).size).toBe(0);
    extendSummaryCache(folder, []);
    expect(() => readFileSync(path())).toThrow('ENOENT');
  });

  test('cut short anywhere holds nothing that was not written', () => {
    extendSummaryCache(folder, [[first, full]]);
    const { length } = readFileSync(path());
    extendSummaryCache(folder, [[second, full]]);
    const bytes = readFileSync(path());
    for (let size = length; size < bytes.length; size += 1) {
      writeFileSync(path(), bytes);
      truncateSync(path(), size);
      const cache = loadSummaryCache(folder);
      expect(cache.get(first)).toEqual(full);
      if (cache.has(second)) expect([size, cache.get(second)]).toEqual([size, full]);
    }
  });

  test('passes over lines that are garbled, and what a crash glued to them', () => {
    extendSummaryCache(folder, [[first, full]]);
    const good = readFileSync(path(), 'utf8').trimEnd();
    const wrong = [
      '',
      'x',
      good.slice(0, 60),
      `${good.slice(0, 60)}${good}`,
      good.replace(' ok ', ' great '),
      good.replace(' 12 ', ' soon '),
      good.replace(/ 1$/, ' '),
      good.replace(/1$/, 'yes'),
      '\u0000'.repeat(50),
    ].map((line) => line.replace(first, second));
    appendFileSync(path(), `${wrong.join('\n')}\n`);
    extendSummaryCache(folder, [['3'.repeat(40), full]]);
    expect([...loadSummaryCache(folder).keys()]).toEqual([first, '3'.repeat(40)]);
  });

  test('a branch that cannot be decoded is no branch, and no error', () => {
    extendSummaryCache(folder, [[first, full]]);
    for (const branch of ['%', '%E0%A4', '%zz']) {
      writeFileSync(path(), readFileSync(path(), 'utf8').replace(/ \S+ manual/, ` ${branch} manual`));
      expect(loadSummaryCache(folder).get(first)).toEqual({ ...full, branch: undefined });
    }
  });

  test('never throws for any bytes', () => {
    extendSummaryCache(folder, [[first, full]]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        writeFileSync(path(), bytes);
        expect(loadSummaryCache(folder)).toBeInstanceOf(Map);
      }),
      { numRuns: 50 },
    );
  });
});
