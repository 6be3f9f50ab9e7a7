import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isCurrent, readHookFile, writeHookFile } from '../../../src/hooks/hook-file.ts';
import { hookText } from '../../../src/hooks/texts.ts';

const text = hookText('pre-push', ['/usr/bin/git-jci']);
let folder: string;
let path: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'git-jci-hooks-')), 'hooks');
  path = join(folder, 'pre-push');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const write = (replacesOurs: boolean): boolean => writeHookFile(path, text, { replacesOurs, pid: 42 });

test('a hook is written whole and executable, into a folder that is made', () => {
  expect(readHookFile(folder, 'pre-push')).toEqual({ kind: 'absent' });
  expect(write(false)).toBe(true);
  expect(readFileSync(path, 'utf8')).toBe(text);
  expect(statSync(path).mode & 0o111).not.toBe(0);
  expect(readdirSync(folder)).toEqual(['pre-push']);
  expect(readHookFile(folder, 'pre-push')).toEqual({ kind: 'ours', text, version: 1, executable: true });
});

test('a hook that appears in the meantime is not overwritten', () => {
  mkdirSync(folder);
  writeFileSync(path, 'theirs');
  expect(write(false)).toBe(false);
  expect(readFileSync(path, 'utf8')).toBe('theirs');
  expect(readdirSync(folder)).toEqual(['pre-push']);
});

test('one of ours is replaced; a draft that a crash left is no obstacle', () => {
  write(false);
  writeFileSync(join(folder, '.git-jci-42'), 'half a dra', { mode: 0o600 });
  chmodSync(path, 0o644);
  expect(write(true)).toBe(true);
  expect(readHookFile(folder, 'pre-push')).toMatchObject({ kind: 'ours', executable: true });
  expect(readdirSync(folder)).toEqual(['pre-push']);
});

test('ours is current only with the same words and the executable bit', () => {
  const ours = { kind: 'ours', text, version: 1, executable: true } as const;
  expect(isCurrent(ours, 'pre-push', text)).toBe(true);
  expect(isCurrent({ ...ours, executable: false }, 'pre-push', text)).toBe(false);
  expect(isCurrent(ours, 'pre-push', hookText('pre-push', ['/elsewhere/git-jci']))).toBe(false);
});

test('links, folders and changed texts are foreign', () => {
  mkdirSync(folder);
  writeFileSync(join(folder, 'kept'), text);
  symlinkSync('kept', path);
  expect(readHookFile(folder, 'pre-push')).toEqual({ kind: 'foreign', text, callsUs: true });
  rmSync(path);
  symlinkSync('nowhere', path);
  expect(readHookFile(folder, 'pre-push')).toEqual({ kind: 'foreign', text: '', callsUs: false });
  rmSync(path);
  mkdirSync(path);
  expect(readHookFile(folder, 'pre-push')).toEqual({ kind: 'foreign', text: '', callsUs: false });
  rmSync(path, { recursive: true });
  writeFileSync(path, `${text}echo more\n`);
  expect(readHookFile(folder, 'pre-push')).toMatchObject({ kind: 'foreign', callsUs: true });
});

test('a call of another hook of ours is not a call of this one', () => {
  mkdirSync(folder);
  writeFileSync(path, 'git jci hook run post-commit\n');
  expect(readHookFile(folder, 'pre-push')).toMatchObject({ kind: 'foreign', callsUs: false });
});

test('a place where nothing can be is absent', () => {
  expect(readHookFile('/dev/null', 'pre-push')).toEqual({ kind: 'absent' });
});
