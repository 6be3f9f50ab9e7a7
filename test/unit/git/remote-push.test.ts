import { expect, test } from 'vitest';
import { parsePorcelain } from '../../../src/git/remote-push.ts';

const a = `refs/jci-runs/${'a'.repeat(40)}/1760000000-0000`;

test.each([
  [`*\t${a}:${a}\t[new reference]`, { ref: a, state: 'created', reason: '' }],
  [`=\t${a}:${a}\t[up to date]`, { ref: a, state: 'present', reason: '' }],
  [`!\t${a}:${a}\t[rejected] (fetch first)`, { ref: a, state: 'conflict', reason: 'fetch first' }],
  [`!\t${a}:${a}\t[remote rejected] (pre-receive hook declined)`, { ref: a, state: 'refused', reason: 'pre-receive hook declined' }],
  [`!\t${a}:${a}\t[remote rejected] (odd (nested) words)`, { ref: a, state: 'refused', reason: 'odd (nested) words' }],
  [`!\t${a}:${a}\t[remote failure] (remote failed to report status)`, { ref: a, state: 'unknown', reason: 'remote failed to report status' }],
  [`-\t:${a}\t[deleted]`, { ref: a, state: 'deleted', reason: '' }],
])('%j', (line, expected) => {
  expect(parsePorcelain(`Pushing to /x\nTo /x\n${line}\nDone\n`)).toEqual([expected]);
});

test('lines that are no refs are passed over', () => {
  expect(parsePorcelain('To https://h/x\nDone\nEverything up-to-date\n')).toEqual([]);
});
