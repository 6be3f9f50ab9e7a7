import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSecretNotes, readSecretNotes, type SecretNotes } from '../../../src/run/secret-notes.ts';

const [first, second, third] = ['hunter22', 'hunter33', 'hunter44'].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer];
let folder = '';
let path = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secret-notes-'));
  path = join(folder, 'secrets');
});
afterEach(() => rmSync(folder, { recursive: true }));

function begun(...known: Buffer[]): SecretNotes {
  const notes = createSecretNotes(path);
  known.forEach(notes.add);
  notes.begin();
  return notes;
}

describe('notes on secrets', () => {
  test('tell which secrets there were, and of no others', () => {
    const notes = begun(first);
    notes.add(second);
    notes.save();
    const noted = readSecretNotes(path);
    expect([first, second, third].map((one) => noted?.include(one))).toEqual([true, true, false]);
    expect(noted?.areAllOf([first])).toBe(false);
    expect(noted?.areAllOf([second, third, first])).toBe(true);
  });

  test('of no secret are there too: none is unknown', () => {
    begun().save();
    expect(readSecretNotes(path)?.areAllOf([])).toBe(true);
    expect(readSecretNotes(path)?.include(first)).toBe(false);
  });

  test('of two runs have nothing in common, hold no value, and are private', () => {
    begun(first);
    const text = readFileSync(path, 'utf8');
    expect(text).not.toContain(String(first));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    begun(first);
    const lines = text.trimEnd().split('\n');
    expect(readFileSync(path, 'utf8').trimEnd().split('\n').filter((line) => lines.includes(line))).toEqual([]);
  });

  test.each([
    ['gone', () => rmSync(path)],
    ['empty', () => truncateSync(path)],
    ['cut', () => truncateSync(path, statSync(path).size - 1)],
    ['cut in the salt', () => truncateSync(path, 20)],
    ['half written', () => appendFileSync(path, 'abc')],
    ['zeros', () => writeFileSync(path, Buffer.alloc(4096))],
  ])('that are %s tell nothing, not even that there were none', (_, harm) => {
    begun(first);
    harm();
    expect(readSecretNotes(path)).toBeUndefined();
  });

  test('that are gone stay gone', () => {
    const notes = begun();
    rmSync(path);
    notes.add(first);
    notes.save();
    expect(existsSync(path)).toBe(false);
  });

  test('that cannot be added to are removed', () => {
    const notes = begun(first);
    rmSync(path);
    symlinkSync('/dev/full', path);
    notes.add(second);
    notes.save();
    expect(readdirSync(folder)).toEqual([]);
  });
});
