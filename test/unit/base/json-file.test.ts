import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readJsonFile, replaceFile } from '../../../src/base/json-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jci-json-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('replaceFile', () => {
  test.each([true, false])('leaves the new text, for this user only, and no other file (durable: %s)', (durable) => {
    const path = join(folder, 'a.json');
    replaceFile(path, '{"old":1}', { durable });
    replaceFile(path, '{"new":"ü"}', { durable });
    expect(readJsonFile(path)).toEqual({ new: 'ü' });
    expect(readdirSync(folder)).toEqual(['a.json']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('throws what the system says', () => {
    expect(() => replaceFile(join(folder, 'none', 'a.json'), '{}', { durable: false })).toThrow('ENOENT');
  });
});

describe('readJsonFile', () => {
  test.each(['', '{', '{"a":1', 'nul', '\u0000\u0000'])('reads %j as if it were not there', (text) => {
    const path = join(folder, 'a.json');
    writeFileSync(path, text);
    expect(readJsonFile(path)).toBeUndefined();
  });

  test('has nothing to say of a file that is gone, nor of what is no file', () => {
    writeFileSync(join(folder, 'file'), 'x');
    expect(readJsonFile(join(folder, 'none'))).toBeUndefined();
    expect(readJsonFile(join(folder, 'file', 'below'))).toBeUndefined();
    expect(readJsonFile(folder)).toBeUndefined();
  });
});
