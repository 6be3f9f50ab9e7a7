import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { operationInProgress } from '../../../src/git/in-progress.ts';

let gitDir: string;

beforeEach(() => {
  gitDir = mkdtempSync(join(tmpdir(), 'git-jci-state-'));
});
afterEach(() => rmSync(gitDir, { recursive: true }));

test('nothing is under way in a git directory at rest, nor during a single cherry-pick', () => {
  expect(operationInProgress(gitDir)).toBeUndefined();
  writeFileSync(join(gitDir, 'CHERRY_PICK_HEAD'), '');
  expect(operationInProgress(gitDir)).toBeUndefined();
});

test.each([
  ['rebase-merge', 'rebase'],
  ['rebase-apply', 'rebase'],
  ['sequencer', 'cherry-pick'],
])('the folder %s means %s', (folder, operation) => {
  mkdirSync(join(gitDir, folder));
  expect(operationInProgress(gitDir)).toBe(operation);
});

test('git am is told apart from a rebase by patches; a bisection keeps a log', () => {
  writeFileSync(join(gitDir, 'BISECT_LOG'), '');
  expect(operationInProgress(gitDir)).toBe('bisect');
  mkdirSync(join(gitDir, 'rebase-apply'));
  writeFileSync(join(gitDir, 'rebase-apply', 'applying'), '');
  expect(operationInProgress(gitDir)).toBe('am');
});
