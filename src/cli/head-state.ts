import type { Call } from './command.ts';

/**
 * How HEAD is doing, for the overview.
 * @returns lines to print; none outside a repository.
 */
export function headState(_call: Call<unknown>): Promise<readonly string[]> {
  return Promise.resolve([]);
}
