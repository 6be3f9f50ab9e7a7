import type { Env } from '../base/context.ts';

/**
 * The values of the variables whose names match one of the patterns, each once.
 *
 * In a pattern `*` stands for any characters; upper and lower case are the same. Values under 6 bytes are left out.
 */
export function secretsFromEnv(env: Env, patterns: readonly string[]): string[] {
  const matchers = patterns.map(nameMatcher);
  const values = Object.entries(env)
    .filter(([name]) => matchers.some((matcher) => matcher.test(name)))
    .map(([, value]) => value ?? '');
  return [...new Set(values)].filter((value) => Buffer.byteLength(value) >= 6);
}

/** True for a variable whose value is hidden. */
export const matchesMask = (name: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => nameMatcher(pattern).test(name));

function nameMatcher(pattern: string): RegExp {
  const source = pattern
    .split(/\*+/)
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`, 'is');
}
