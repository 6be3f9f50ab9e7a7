import { formatDuration } from '../../src/base/duration.ts';

/** Milliseconds for people; nothing where nobody knows. */
export function Duration({ ms }: { ms: number | null | undefined }) {
  return ms === null || ms === undefined ? null : <span class="number">{formatDuration(ms)}</span>;
}
