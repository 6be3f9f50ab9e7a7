/** Quotes a word for any POSIX shell, always: `'it'\''s'`. */
export const shellQuote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** Words as one line of shell. */
export const shellWords = (words: readonly string[]): string => words.map(shellQuote).join(' ');

/** Matches what `shellWords` writes, and nothing else. */
const word = `'[^']*'(?:\\\\''[^']*')*`;
export const shellWordsPattern = `${word}(?: ${word})*`;
