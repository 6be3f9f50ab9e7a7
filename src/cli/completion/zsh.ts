import type { OfferedArgument, OfferedCommand, OfferedOption, ValueSource } from './model.ts';

/**
 * The completion for zsh: one function per command.
 *
 * zsh's own completion of git calls `_git-jci` for `git jci`, and lists it with the `#description`.
 */
export const zshCompletion = (model: readonly OfferedCommand[]): string => [intro, ...model.map(commandFunction), values, outro].join('\n');

const intro = `#compdef git-jci
#description run CI in the repository and keep the results in git
# zsh completion for git jci, made by: git jci completion zsh
`;

const functionName = (path: string): string => ['_git-jci', ...path.split(' ').filter(Boolean)].join('-');

function commandFunction(command: OfferedCommand): string {
  return command.commands.length > 0 ? groupFunction(command) : leafFunction(command);
}

function leafFunction({ path, options, arguments: given, takesRest }: OfferedCommand): string {
  const specs = [...options.flatMap(optionSpecs), ...given.map(argumentSpec)];
  const rest = takesRest ? '\n\tif (( words[(i)--] < CURRENT )); then _files; return; fi' : '';
  return `${functionName(path)} ()
{${rest}
	_arguments -s -S : \\
		${specs.join(' \\\n\t\t')}
}
`;
}

function groupFunction({ path, commands, options }: OfferedCommand): string {
  const lines = commands.map(({ name, summary }) => `		${quote(`${name}:${summary}`)}`);
  const cases = commands.map(({ name }) => `		(${name}) ${functionName(`${path} ${name}`.trim())} && ret=0 ;;`);
  return `${functionName(path)} ()
{
	local curcontext=$curcontext state state_descr line ret=1
	typeset -A opt_args
	local -a commands=(
${lines.join('\n')}
	)
	_arguments -C : \\
		${options.flatMap(optionSpecs).join(' \\\n\t\t')} \\
		'1: :->command' \\
		'*:: :->argument' && ret=0
	case $state in
	(command) _describe -t commands command commands && ret=0 ;;
	(argument)
		curcontext="\${curcontext%:*}-$words[1]:"
		case $words[1] in
${cases.join('\n')}
		esac ;;
	esac
	return ret
}
`;
}

/** One spec per name: each excludes the others of its option, unless it may be repeated. */
function optionSpecs({ names, description, value, repeatable }: OfferedOption): string[] {
  const before = repeatable ? '*' : names.length > 1 ? `(${names.join(' ')})` : '';
  return names.map((name) => {
    const how = value === undefined ? '' : name.startsWith('--') ? '=' : '+';
    return quote(`${before}${name}${how}[${escapeDescription(description)}]${value === undefined ? '' : valueSpec(value)}`);
  });
}

const valueSpec = ({ name, required, source }: NonNullable<OfferedOption['value']>): string =>
  `${required ? ':' : '::'}${escapeColons(name)}:${action(source)}`;

// Not `::`, even where it may be left out: then zsh would offer what comes behind it as well.
const argumentSpec = ({ name, source, repeats }: OfferedArgument): string =>
  quote(`${repeats ? '*' : ''}:${escapeColons(name)}:${action(source)}`);

function action(source: ValueSource): string {
  if (typeof source !== 'string') return `(${source.join(' ')})`;
  if (source === 'files') return '_files';
  // The blank keeps zsh from putting options of its own before our argument.
  return source === 'nothing' ? ' ' : ` _git-jci-values ${source}`;
}

const escapeColons = (text: string): string => text.replace(/[\\:]/g, '\\$&');
const escapeDescription = (text: string): string => text.replace(/[\\[\]:]/g, '\\$&');
const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const values = `# Lists what git jci knows of the kind $1, in its order. $line holds the arguments, the one being typed included.
_git-jci-values ()
{
	local -a found folders
	local entry value tab=$'\\t'
	for entry in \${(f)"$(_call_program $1 git jci __complete $1 \${(qq)\${(Q)PREFIX}} \${(qq)\${(Q)line[@]}} 2>/dev/null)"}; do
		value=\${entry%%$tab*}
		# A colon parts a value from its description.
		entry="\${\${value//\\\\/\\\\\\\\}//:/\\\\:}\${\${entry#$value}/$tab/:}"
		# No blank behind a folder: it goes on.
		if [[ $value == */ ]]; then folders+=( "$entry" ); else found+=( "$entry" ); fi
	done
	_describe -V -t $1 $1 folders -S '' -- found
}
`;

const outro = `# Called by zsh when this file is autoloaded; otherwise it was sourced.
if [[ $funcstack[1] == _git-jci ]]; then
	_git-jci "$@"
else
	compdef _git-jci git-jci
fi
`;
