import { expect, test } from 'vitest';
import { placeOf } from '../../../web/location.ts';
import { visibleRange } from '../../../web/parts/visible-range.ts';
import { pick, withValue } from '../../../web/state/query.ts';

const commit = 'a'.repeat(40);
const runId = '1700000000-12ab';
const base = `/jci/${commit}/${runId}`;

test.each([
  ['/', { view: 'commits' }],
  ['/runs', { view: 'runs' }],
  ['/tests', { view: 'tests' }],
  [`/jci/${commit}`, { view: 'run', commit, runId: null }],
  [`/jci/${commit}/`, { view: 'run', commit, runId: null }],
  [base, { view: 'run', commit, runId }],
  [`${base}/`, { view: 'run', commit, runId }],
  [`${base}/run.output.txt`, { view: 'log', commit, runId }],
  [`${base}/tests.json`, { view: 'run-tests', commit, runId }],
  [`${base}/a%2Fb/%FF.html`, { view: 'artefact', commit, runId, href: 'a%2Fb/%FF.html' }],
  ['/jci/', { view: 'unknown' }],
  ['/jci/xyz', { view: 'unknown' }],
])('%s', (path, place) => {
  expect(placeOf(path)).toEqual(place);
});

test('of a hundred thousand rows the visible ones are drawn, and a few around them', () => {
  expect(visibleRange(48_000, 960, 48, 100_000)).toEqual({ first: 990, end: 1030 });
  expect(visibleRange(0, 960, 48, 5)).toEqual({ first: 0, end: 5 });
  expect(visibleRange(1_000_000, 960, 48, 0)).toEqual({ first: 0, end: 0 });
});

test('filters that are empty are not in the address, and others stay', () => {
  expect(withValue(new URLSearchParams('a=1&text=x'), 'text', '').toString()).toBe('a=1');
  expect(pick(new URLSearchParams('text=x y&other=1&branch=b'), ['branch', 'text'])).toBe('branch=b&text=x+y');
});
