import { usageError } from './errors.ts';

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;
const factors: Record<string, number> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };

/**
 * Parses `500M`, `1G`, `1.5GiB`, `2048` into bytes. Units are powers of 1024, as git's own are.
 * @throws JciError (usage) when the text is not a size.
 */
export function parseSize(text: string, what: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?$/i.exec(text.trim());
  const factor = factors[match?.[2]?.toLowerCase() ?? 'none'];
  if (match?.[1] === undefined || factor === undefined) {
    throw usageError(`${what}: '${text}' is not a size`, { hint: 'use for example 500M or 1G' });
  }
  return Math.round(Number.parseFloat(match[1]) * factor);
}

/** `512 B`, `1.5 KiB`, `3.2 GiB`: short, for people. */
export function formatSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1023.95 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return unit === 0 ? `${value} B` : `${value.toFixed(1)} ${units[unit]}`;
}
