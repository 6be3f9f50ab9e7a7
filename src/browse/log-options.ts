/** The options of `git log` that `git jci log` passes on: none of them writes a file or runs a program. */
const switches = ['graph', 'oneline', 'merges', 'no-merges', 'first-parent', 'all', 'branches', 'reverse', 'invert-grep', 'regexp-ignore-case', 'all-match'];

/** Those with a value, behind `=` or in the next word. */
const valued = ['max-count', 'skip', 'since', 'after', 'until', 'before', 'author', 'committer', 'grep'];

/** All of them, as they are told to people. */
export const logOptionNames: readonly string[] = ['-n', '-i', ...[...valued, ...switches].map((name) => `--${name}`)];

/** True for one whose value may stand in the next word. */
export const takesValue = (word: string): boolean => word === '-n' || valued.some((name) => word === `--${name}`);

/** True for one that may be passed on. @param word with its value, if it has one. */
export const isLogOption = (word: string): boolean =>
  /^-n?\d+$/.test(word) || word === '-i' || switches.some((name) => word === `--${name}`) || valued.some((name) => word.startsWith(`--${name}=`));
