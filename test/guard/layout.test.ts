import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../helpers/test-environment.ts';

const files = execFileSync('git', ['ls-files', '-z'], { cwd: projectRoot, encoding: 'utf8' }).split('\0').filter(Boolean);
const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');

/** What stands at the top: everything else has a folder to live in. */
const topLevel =
  /^(?:\..+|README\.md|ARCH\.md|CHANGELOG\.md|LICENSE|package(?:-lock)?\.json|tsconfig\.json|vitest\.config\.ts|bin|src|web|test)$/;

test('the top level holds what was agreed on', () => {
  const entries = [...new Set(files.map((file) => file.split('/')[0] ?? ''))];
  expect(entries.filter((entry) => !topLevel.test(entry))).toEqual([]);
});

test('no file of the sources is longer than 250 lines', () => {
  const sources = files.filter((file) => /^(?:src|web|bin|\.ci)\/.*\.(?:tsx?|css|mjs|js)$/.test(file));
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.filter((file) => read(file).split('\n').length > 251)).toEqual([]);
});

test('folders are named for what they are about', () => {
  const folders = files.filter((file) => file.startsWith('src/')).flatMap((file) => file.split('/').slice(1, -1));
  const empty = /^(?:utils?|helpers?|common|shared|services?|managers?|constants|types|lib|misc)$/;
  expect([...new Set(folders)].filter((folder) => empty.test(folder))).toEqual([]);
});

test('the lock file names no place to download from', () => {
  expect(read('package-lock.json')).not.toMatch(/"resolved": "http/);
});

test('nothing in the sources is unfinished', () => {
  const marks = /\b(?:TODO|FIXME|XXX|HACK)\b/;
  const sources = files.filter((file) => /^(?:src|web|bin)\//.test(file) && !file.endsWith('.png'));
  expect(sources.filter((file) => marks.test(read(file)))).toEqual([]);
});

test('the time comes from the Context only', () => {
  const sources = files.filter((file) => /^src\/.*\.ts$/.test(file) && file !== 'src/base/context.ts');
  expect(sources.filter((file) => /\bnew Date\(\s*\)/.test(read(file)))).toEqual([]);
});

test('tests mock no module, and none is switched off for good', () => {
  const tests = files.filter((file) => file.startsWith('test/') && file.endsWith('.test.ts') && !file.endsWith('layout.test.ts'));
  const forbidden = /\bvi\.mock\(|\b(?:it|test|describe)\.(?:only|skip|todo)\b/;
  expect(tests.filter((file) => forbidden.test(read(file)))).toEqual([]);
});
