import { afterEach, describe, expect, test, vi } from 'vitest';
import type { RunDetail } from '../../../src/api/run-detail.ts';
import type { Annotation } from '../../../src/model/annotation.ts';
import { annotationOf, findTestLine, textsOf } from '../../../web/views/tests/line-in-log.ts';

const error = (more: Partial<Annotation>): Annotation => ({ level: 'error', message: 'went wrong', logLine: 1, ...more });

describe('the annotation of a failed test', () => {
  test('names it, in its title or its words', () => {
    const annotations = [error({}), error({ title: 'math divides by nought', logLine: 2 }), error({ message: 'adds: 3', logLine: 3 })];
    expect(annotationOf(annotations, { name: 'divides by nought' })?.logLine).toBe(2);
    expect(annotationOf(annotations, { name: 'adds' })?.logLine).toBe(3);
    expect(annotationOf(annotations, { name: 'multiplies' })).toBeUndefined();
  });

  test('or is at its place', () => {
    const annotations = [error({ file: 'a.ts', line: 3 }), error({ file: 'a.ts', line: 4, logLine: 2 })];
    expect(annotationOf(annotations, { name: 'adds', file: 'a.ts', line: 4 })?.logLine).toBe(2);
    expect(annotationOf(annotations, { name: 'adds', file: 'b.ts', line: 4 })).toBeUndefined();
  });

  test('is no warning, and none that only has a short name in it by chance', () => {
    expect(annotationOf([error({ level: 'warning', title: 'divides' })], { name: 'divides' })).toBeUndefined();
    expect(annotationOf([error({ message: 'a b c' })], { name: 'b' })).toBeUndefined();
  });
});

test('a test is looked for by its name, the last part of it, and the first line of its message', () => {
  expect(textsOf({ name: 'math > by nought > divides', message: 'expected 1\ngot 2' })).toEqual(['math > by nought > divides', 'divides', 'expected 1']);
  expect(textsOf({ name: 'a::tests::adds' })).toEqual(['a::tests::adds', 'adds']);
  expect(textsOf({ name: 'x', message: ' 1 ' })).toEqual([]);
});

describe('a test that nobody wants to know of any more', () => {
  afterEach(() => void vi.unstubAllGlobals());

  test('is not looked for', async () => {
    const signals: (boolean | undefined)[] = [];
    vi.stubGlobal('fetch', (_url: string, init?: RequestInit) => {
      signals.push(init?.signal?.aborted);
      return Promise.resolve(Response.json({ error: 'no such run' }, { status: 404 }));
    });
    const run = { item: { commit: 'abc', runId: '1' }, record: null } as unknown as RunDetail;
    await findTestLine(run, { suite: '', name: 'divides', status: 'failed', durationMs: 1, report: 'junit.xml' }, AbortSignal.abort());
    expect(signals).toEqual([true]);
  });
});
