import { expect, test } from 'vitest';
import { placeOf } from '../../../web/location.ts';

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
