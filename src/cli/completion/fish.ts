import type { OfferedCommand, OfferedOption, ValueSource } from './model.ts';

/**
 * The completion for fish, for `git jci` and for `git-jci`.
 *
 * What was typed before decides which lines count: `__git_jci_at <path>` is true behind that command.
 */
export const fishCompletion = (model: readonly OfferedCommand[]): string =>
  [intro, tables(model), functions, 'for program in git git-jci', ...model.flatMap(commandLines).map((line) => `    ${line}`), 'end', ''].join('\n');

const intro = `# fish completion for git jci, made by: git jci completion fish
`;

function tables(model: readonly OfferedCommand[]): string {
  const paths = model.filter(({ path }) => path !== '').map(({ path }) => quote(path));
  const valued = model.flatMap(({ path, options }) =>
    options.flatMap(({ names, value }) => (value === undefined ? [] : names.map((name) => quote(`${path} ${name}`)))),
  );
  return `set -g __git_jci_paths ${paths.join(' ')}
set -g __git_jci_valued ${valued.join(' ')}
`;
}

function commandLines({ path, commands, options, arguments: given, takesRest }: OfferedCommand): string[] {
  const at = (more = ''): string => `complete -c $program -n ${quote(`__git_jci_at ${quote(path)}${more}`)}`;
  return [
    `${at()} -f`,
    ...commands.map(({ name, summary }) => `${at()} -a ${name} -d ${quote(summary)}`),
    ...options.map((option) => `${at()} ${optionWords(option)}`),
    ...given.map(({ source, repeats }, index) => `${at(` ${index}${repeats ? ' more' : ''}`)} ${valueWords(source)}`),
    ...(takesRest ? [`complete -c $program -n ${quote(`__git_jci_behind_dashes ${quote(path)}`)} -F`] : []),
  ];
}

function optionWords({ names, description, value }: OfferedOption): string {
  const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`)).join(' ');
  const takes = value === undefined ? '' : `${value.required ? ' -r' : ''} ${valueWords(value.source)}`;
  return `${flags}${takes} -d ${quote(description)}`;
}

function valueWords(source: ValueSource): string {
  if (typeof source !== 'string') return `-f -a ${quote(source.join(' '))}`;
  if (source === 'files') return '-F';
  return source === 'nothing' ? '-f' : `-f -k -a '(__git_jci_values ${source})'`;
}

const quote = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

const functions = `# Prints the words behind "git jci" that stand before the cursor; fails when the line is about something else.
function __git_jci_words
    set -l words (commandline -opc)
    if string match -q -r -- '(^|/)git-jci$' $words[1]
        set -e words[1]
    else
        set -e words[1]
        # Options of git itself, some with a value.
        while set -q words[1]; and string match -q -- '-*' $words[1]
            contains -- $words[1] -C -c --git-dir --work-tree --namespace --exec-path; and set -e words[1]
            set -e words[1]
        end
        test "$words[1]" = jci; or return 1
        set -e words[1]
    end
    set -q words[1]; and printf '%s\\n' $words
    return 0
end

# Prints the command that was typed, then its arguments before the cursor, a line each; fails behind --.
function __git_jci_typed
    set -l words (__git_jci_words); or return 1
    contains -- -- $words; and return 1
    set -l path
    set -l given
    set -l skip
    for word in $words
        if test -n "$skip"
            set skip
        else if string match -q -- '-*' $word
            contains -- "$path $word" $__git_jci_valued; and set skip yes
        else if contains -- (string trim -- "$path $word") $__git_jci_paths; and not set -q given[1]
            set path (string trim -- "$path $word")
        else
            set -a given $word
        end
    end
    printf '%s\\n' "$path" $given
end

# __git_jci_at PATH [N [more]]: true behind this command, not behind --; with N also only for its argument N, from 0.
function __git_jci_at
    set -l typed (__git_jci_typed); or return 1
    test "$typed[1]" = "$argv[1]"; or return 1
    set -q argv[2]; or return 0
    set -l given (math (count $typed) - 1)
    test $given -eq $argv[2]; or begin; set -q argv[3]; and test $given -gt $argv[2]; end
end

# Lists what git jci knows of this kind, in its order.
function __git_jci_values
    set -l word (commandline -ct | string replace -r -- '^--[\\w-]+=' '')
    # A quote may still be open.
    for close in '' \\' \\"
        set -l plain (string unescape -- "$word$close"); or continue
        set word $plain
        break
    end
    git jci __complete $argv[1] "$word" (__git_jci_typed)[2..-1] 2>/dev/null
end

# True behind the -- of this command.
function __git_jci_behind_dashes
    set -l words (__git_jci_words); or return 1
    contains -- -- $words; and string match -q -- "$argv[1] *" "$words "
end
`;
