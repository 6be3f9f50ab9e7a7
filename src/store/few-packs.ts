import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode } from '../base/errors.ts';
import { readBoolean, type GitConfig } from '../git/config.ts';
import { startMaintenance } from '../git/garbage.ts';
import type { Repository } from '../git/repository.ts';

/** Git's own defaults of `gc.autoPackLimit` and `gc.auto`. */
const defaultPackLimit = 50;
const defaultLooseLimit = 6700;

/**
 * Starts git's own maintenance in the background once packs have piled up, just as `git fetch` and `git commit` do.
 *
 * Every result of some size is a pack, and git looks into each of them for every object. What is merged when is git's
 * business, and the user's configuration says whether at all. Called when what was stored has its ref. Costs one
 * directory listing otherwise.
 * @param nested inside a run: what it leaves in the background would be ended with it, and the outer run calls this too.
 */
export async function keepPacksFew(repo: Repository, config: GitConfig, nested: boolean): Promise<void> {
  const limit = packLimit(config);
  if (nested || limit === undefined || countPacks(repo.commonDir) <= limit) return;
  await startMaintenance(repo, config);
}

/** How many packs git leaves alone before it merges them by itself; `undefined` when it has been told never to. */
export function packLimit(config: GitConfig): number | undefined {
  const looseLimit = numberOf(config, 'gc.auto') ?? defaultLooseLimit;
  const limit = numberOf(config, 'gc.autopacklimit') ?? defaultPackLimit;
  const isOff = readBoolean(config.get('maintenance.auto')?.at(-1)) === false;
  return isOff || looseLimit <= 0 || limit <= 0 ? undefined : limit;
}

/** Packs of this repository's own, without those that a `.keep` file protects: what git holds against its limit. */
export function countPacks(commonDir: string): number {
  const names = new Set(packFiles(commonDir));
  return [...names].filter((name) => name.endsWith('.pack') && !names.has(name.replace(/pack$/, 'keep'))).length;
}

function packFiles(commonDir: string): string[] {
  try {
    return readdirSync(join(commonDir, 'objects', 'pack'));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

const units: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** A number as git reads it; what it cannot read it complains of itself. */
function numberOf(config: GitConfig, key: string): number | undefined {
  const [, digits, unit = ''] = /^([+-]?\d+)([kmg]?)$/i.exec(config.get(key)?.at(-1) ?? '') ?? [];
  return digits === undefined ? undefined : Number(digits) * (units[unit.toLowerCase()] ?? 1);
}
