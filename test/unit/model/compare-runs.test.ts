import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedFiles, pairSteps, type ComparedFile } from '../../../src/model/compare-runs.ts';
import type { Step } from '../../../src/model/step.ts';

const step = (name: string, startMs = 0): Step => ({ name, depth: 0, firstLine: 1, lastLine: 1, startMs, durationMs: 1 });
const file = (path: string, id: string): ComparedFile => ({ path, id, size: 1 });

describe('pairSteps', () => {
  test('pairs steps by name, and those of one name in order', () => {
    const pairs = pairSteps([step('build'), step('test', 1), step('test', 2)], [step('test', 3), step('lint'), step('test', 4), step('test', 5)]);
    expect(pairs.map(({ name, before, after }) => [name, before?.startMs ?? null, after?.startMs ?? null])).toEqual([
      ['build', 0, null],
      ['test', 1, 3],
      ['test', 2, 4],
      ['lint', null, 0],
      ['test', null, 5],
    ]);
  });

  test('every step of both runs is in exactly one pair', () => {
    const steps = fc.array(fc.constantFrom('a', 'b', '', 'a\u00001', '__proto__').map((name) => step(name)));
    fc.assert(
      fc.property(steps, steps, (before, after) => {
        const pairs = pairSteps(before, after);
        expect(pairs.flatMap((pair) => pair.before ?? [])).toHaveLength(before.length);
        expect(pairs.flatMap((pair) => pair.after ?? [])).toHaveLength(after.length);
        expect(pairs.every((pair) => [pair.before, pair.after].every((one) => one === null || one.name === pair.name))).toBe(true);
      }),
    );
  });
});

describe('changedFiles', () => {
  test('tells what is new, gone and changed, by path; what is the same is left out', () => {
    const pairs = changedFiles([file('same', '1'), file('gone', '1'), file('b', '1')], [file('b', '2'), file('same', '1'), file('a', '1')]);
    expect(pairs.map(({ name, before, after }) => [name, before?.id ?? null, after?.id ?? null])).toEqual([
      ['a', null, '1'],
      ['b', '1', '2'],
      ['gone', '1', null],
    ]);
  });

  test('of a run with itself is empty, and the other way round it is the mirror image', () => {
    const files = fc.uniqueArray(fc.record({ path: fc.string(), id: fc.constantFrom('1', '2'), size: fc.nat() }), { selector: ({ path }) => path });
    fc.assert(
      fc.property(files, files, (a, b) => {
        expect(changedFiles(a, a)).toEqual([]);
        expect(changedFiles(b, a)).toEqual(changedFiles(a, b).map(({ name, before, after }) => ({ name, before: after, after: before })));
      }),
    );
  });
});
