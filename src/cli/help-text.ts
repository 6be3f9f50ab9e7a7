import { visible, type ArgumentSpec, type CommandSpec, type OptionSpec } from './command.ts';
import type { Colors } from './render/colors.ts';
import { helpWidth, indent, section, type Row } from './render/section.ts';
import { wrap } from './render/wrap.ts';

/**
 * What `-h` prints.
 * @param path how the command is called: `git jci hook install`.
 * @param columns of the terminal.
 */
export function helpText(spec: CommandSpec, path: string, colors: Colors, columns = Number.POSITIVE_INFINITY): string {
  const width = helpWidth(columns);
  const sections = [
    usage(spec, path, colors),
    wrap(capitalised(spec.summary), width).join('\n'),
    wrap(spec.description, width).join('\n'),
    section('Arguments', (spec.arguments ?? []).map(argumentRow), colors, width),
    section('Commands', visible(spec.subcommands).map(({ name, summary }): Row => [name, summary]), colors, width),
    section('Options', [...(spec.options ?? []).map(optionRow), ['-h, --help', 'show this help']], colors, width),
    exampleSection(spec, colors, width),
    colors.dim('Exit codes, configuration, JSON: git help jci'),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

/** `git jci run [options] [revision|range]`, and how to come to the subcommands. */
export function usageLine(spec: CommandSpec, path: string): string {
  if (visible(spec.subcommands).length > 0) return `${path} <command> [options]`;
  const words = [path, spec.options === undefined ? '' : '[options]', ...(spec.arguments ?? []).map(({ name }) => name), spec.takesRest ?? ''];
  return words.filter((word) => word !== '').join(' ');
}

const usage = (spec: CommandSpec, path: string, colors: Colors): string => `${colors.bold('Usage')}\n${indent}${usageLine(spec, path)}`;

const argumentRow = ({ name, description, completes }: ArgumentSpec): Row => [
  name,
  Array.isArray(completes) && !completes.every((value: string) => description.includes(value)) ? `${description} (${completes.join(', ')})` : description,
];

/** The sentence about an option, with what its description does not say by itself. */
export function optionRow({ flags, description, choices, repeatable }: OptionSpec): Row {
  const unsaid = choices?.some((choice) => !description.includes(choice)) === true;
  const values = unsaid ? ` (one of ${choices.join(', ')})` : '';
  return [alignShort(flags), `${description}${values}${repeatable === true ? ' (may be given several times)' : ''}`];
}

/** Long options line up whether or not they have a short form. */
const alignShort = (flags: string): string => (flags.startsWith('--') ? `    ${flags}` : flags);

function exampleSection({ examples }: CommandSpec, colors: Colors, width: number): string {
  if (examples.length === 0) return '';
  const lines = examples.flatMap(({ command, does }) => [`${indent}${command}`, ...wrap(does, width - 6).map((line) => `      ${colors.dim(line)}`)]);
  return [colors.bold('Examples'), ...lines].join('\n');
}

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
