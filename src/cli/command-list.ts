import { visible, type CommandSpec } from './command.ts';
import type { Colors } from './render/colors.ts';
import { helpWidth, indent, section, type Row } from './render/section.ts';
import { wrap } from './render/wrap.ts';

export interface LoadedGroup {
  title: string;
  commands: readonly CommandSpec[];
}

const tagline = 'CI that lives in your repository: run it here, keep the results in git';

const seeAlso: readonly Row[] = [
  ['git jci help <command>', 'one command: what it does, its options, examples'],
  ['git help jci', 'the manual: exit codes, configuration, JSON, files'],
];

/** What `git jci help` prints in a terminal of so many columns: every command, by group. */
export function commandList(groups: readonly LoadedGroup[], colors: Colors, columns = Number.POSITIVE_INFINITY): string {
  const width = helpWidth(columns);
  const rows = groups.map(({ title, commands }) => ({ title, rows: visible(commands).map(({ name, summary }): Row => [name, summary]) }));
  // One width for all, so that the summaries of all groups line up.
  const longest = Math.max(0, ...rows.flatMap((group) => group.rows.map(([name]) => name.length)));
  const padded = rows.map(({ title, rows: own }) => section(title, own.map(([name, summary]): Row => [name.padEnd(longest), summary]), colors, width));
  const parts = [wrap(tagline, width).join('\n'), `${colors.bold('Usage')}\n${indent}git jci <command> [options]`, ...padded, section('See also', seeAlso, colors, width)];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** What `git jci` prints: the few commands of every day. */
export function overviewText(everyday: readonly CommandSpec[], version: string, colors: Colors, columns = Number.POSITIVE_INFINITY): string {
  const rows = everyday.map(({ name, summary }): Row => [`git jci ${name}`, summary]);
  return `${section(`git jci ${version}`, [...rows, ['git jci help', 'all commands']], colors, helpWidth(columns))}\n`;
}
