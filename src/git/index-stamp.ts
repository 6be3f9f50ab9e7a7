import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from './repository.ts';

/** Tells an index from what it was before: git never changes one, but puts another file in its place. Compare only for equality. */
export function indexStamp({ gitDir }: Repository): string {
  const stats = statSync(join(gitDir, 'index'), { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? 'none' : `${stats.ino}/${stats.size}/${stats.mtimeNs}`;
}
