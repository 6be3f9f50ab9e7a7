import { bashFunctions } from './bash-functions.ts';
import type { OfferedCommand, ValueSource } from './model.ts';

/**
 * The completion for bash: the tables below, then functions that read them. Works with the bash 3.2 of macOS.
 *
 * Git's own completion calls `_git_jci` for `git jci`; `git-jci` is registered by itself and needs nothing else.
 */
export const bashCompletion = (model: readonly OfferedCommand[]): string => `${intro}\n${commandTable(model)}\n${optionTable(model)}\n${bashFunctions}`;

const intro = `# bash completion for git jci, made by: git jci completion bash
`;

function commandTable(model: readonly OfferedCommand[]): string {
  const cases = model.map(({ path, commands, options, arguments: given }) => {
    const optionWords = options.flatMap(({ names, value }) => names.map((name) => (value !== undefined && name.startsWith('--') ? `${name}=` : name)));
    const sources = given.map(({ source }) => word(source));
    return [
      `	'${path}')`,
      `		__jci_commands='${commands.map(({ name }) => name).join(' ')}'`,
      `		__jci_options='${optionWords.join(' ')}'`,
      `		__jci_arguments='${sources.join(' ')}'`,
      `		__jci_repeats=${given.at(-1)?.repeats === true ? 'yes' : ''} ;;`,
    ].join('\n');
  });
  return `# What may follow the command $1 (a path such as "hook install").
__git_jci_command ()
{
	case "$1" in
${cases.join('\n')}
	esac
}
`;
}

function optionTable(model: readonly OfferedCommand[]): string {
  const cases = model.flatMap(({ path, options }) =>
    options.flatMap(({ names, value }) =>
      value === undefined ? [] : [`	${names.map((name) => `'${path} ${name}'`).join('|')}) __jci_source='${word(value.source)}' ;;`],
    ),
  );
  return `# Where the value of the option $2 of the command $1 comes from; nothing if it takes none.
__git_jci_option ()
{
	__jci_source=
	case "$1 $2" in
${cases.join('\n')}
	esac
}
`;
}

/** A source as one word: a list begins with \`=\`. Names of commands and choices hold no commas, blanks or quotes. */
const word = (source: ValueSource): string => (typeof source === 'string' ? source : `=${source.join(',')}`);
