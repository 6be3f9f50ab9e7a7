import type { CommandSpec } from './command.ts';

/** What `-h` prints. */
export function helpText(spec: CommandSpec): string {
  return `${spec.summary}\n`;
}
