import type { LoadedGroup } from './command-list.ts';
import { visible, type CommandSpec } from './command.ts';
import { capitalised, optionRow, usageLine } from './help-text.ts';
import { configuration, configurationRules, exitStatus, files, introduction, jsonDocuments, jsonRules, scriptEnvironment, toolEnvironment, type Entries } from './man/reference.ts';
import { escapeRoff, example, item, macro, paragraphs } from './man/roff.ts';

export interface ManPageFacts {
  version: string;
  /** `2025-11-21`; empty for none. Given, not taken from a clock, so that two builds of one version are the same. */
  date: string;
}

/** The manual page git-jci(1) in roff, from the descriptions of all commands. */
export function manPage(groups: readonly LoadedGroup[], { version, date }: ManPageFacts): string {
  const lines = [
    `.TH "GIT\\-JCI" "1" "${date}" "git\\-jci ${escapeRoff(version)}" "Git Manual"`,
    '.nh',
    '.ad l',
    '.SH "NAME"',
    'git\\-jci \\- run CI in the repository and keep the results in git',
    '.SH "SYNOPSIS"',
    '.nf',
    escapeRoff('git jci <command> [options]'),
    escapeRoff('git jci help [command]'),
    '.fi',
    '.SH "DESCRIPTION"',
    ...paragraphs(introduction),
    '.SH "COMMANDS"',
    ...groups.flatMap(commandGroup),
    ...entries('EXIT STATUS', exitStatus),
    ...entries('CONFIGURATION', configuration, configurationRules),
    ...entries('JSON', jsonDocuments, jsonRules),
    ...entries('ENVIRONMENT OF THE SCRIPT', scriptEnvironment, 'What .jci/run.sh finds in its environment, besides your own variables:'),
    ...entries('ENVIRONMENT', toolEnvironment),
    ...entries('FILES', files),
    '.SH "SEE ALSO"',
    '.BR git (1),',
    '.BR git\\-config (1),',
    '.BR git\\-bisect (1)',
  ];
  return `${lines.join('\n')}\n`;
}

function commandGroup({ title, commands }: LoadedGroup): string[] {
  const shown = visible(commands);
  return shown.length === 0 ? [] : [macro('SS', title), ...shown.flatMap((spec) => commandEntry(spec, `git jci ${spec.name}`))];
}

/** A command with everything its `-h` says; the subcommands follow it. */
function commandEntry(spec: CommandSpec, path: string): string[] {
  const given = (spec.arguments ?? []).map(({ name, description }) => [name, description] as const);
  const options = (spec.options ?? []).map(optionRow).map(([flags, meaning]) => [flags.trim(), meaning] as const);
  return [
    ...item(usageLine(spec, path), `${capitalised(spec.summary)}.\n\n${spec.description}`),
    ...indented([...given, ...options].flatMap(([term, meaning]) => item(term, meaning))),
    ...indented(examples(spec)),
    ...visible(spec.subcommands).flatMap((sub) => commandEntry(sub, `${path} ${sub.name}`)),
  ];
}

/** Below the text of the item before it. */
const indented = (lines: readonly string[]): string[] => (lines.length === 0 ? [] : ['.RS', ...lines, '.RE']);

function examples({ examples: shown }: CommandSpec): string[] {
  if (shown.length === 0) return [];
  return ['.PP', 'For example:', ...shown.flatMap(({ command, does }) => ['.PP', ...example([command, `    ${does}`])])];
}

const entries = (title: string, list: Entries, before = ''): string[] => [
  macro('SH', title),
  ...(before === '' ? [] : paragraphs(before)),
  ...list.flatMap(([term, meaning]) => item(term, meaning)),
];
