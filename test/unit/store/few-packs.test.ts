import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { countPacks, packLimit } from '../../../src/store/few-packs.ts';

const limitWith = (settings: Record<string, string>): number | undefined =>
  packLimit(new Map(Object.entries(settings).map(([key, value]) => [key, [value]])));

test.each([
  [{}, 50],
  [{ 'gc.autopacklimit': '7' }, 7],
  [{ 'gc.autopacklimit': '1k' }, 1024],
  [{ 'gc.autopacklimit': 'many' }, 50],
  [{ 'maintenance.auto': 'true', 'gc.auto': '100' }, 50],
  [{ 'gc.autopacklimit': '0' }, undefined],
  [{ 'gc.auto': '0' }, undefined],
  [{ 'gc.auto': '-1' }, undefined],
  [{ 'maintenance.auto': 'false' }, undefined],
  [{ 'maintenance.auto': 'Off' }, undefined],
  [{ 'maintenance.auto': '' }, undefined],
])('with %j the limit is %j', (settings: Record<string, string>, limit) => {
  expect(limitWith(settings)).toBe(limit);
});

test('of a key that is there twice, the last counts', () => {
  expect(packLimit(new Map([['gc.autopacklimit', ['0', '9']]]))).toBe(9);
});

test('counts packs that git may merge', () => {
  const root = mkdtempSync(join(tmpdir(), 'git-jci-packs-'));
  try {
    expect(countPacks(root)).toBe(0);
    const folder = join(root, 'objects', 'pack');
    mkdirSync(folder, { recursive: true });
    for (const name of ['pack-a.pack', 'pack-a.idx', 'pack-b.pack', 'pack-b.keep', 'pack-c.pack', 'tmp_pack_x']) writeFileSync(join(folder, name), '');
    expect(countPacks(root)).toBe(2);
  } finally {
    rmSync(root, { recursive: true });
  }
});
