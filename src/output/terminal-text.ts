/**
 * C0 without tab, DEL, C1 (a terminal may obey `\x9b` as it obeys `ESC [`), and the characters that reorder text
 * around them, with which `exe.txt` can be made to read `txt.exe`.
 */
 
const unsafe = /[\x00-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Makes text that others wrote (names of artefacts, commit subjects, lines of a log) safe for a terminal, on one line.
 *
 * Control characters become visible: `\n`, `\r`, `\x1b`, `\u202e`. Tabs stay. Backslashes stay as they are: this
 * is for reading, and cannot be undone.
 */
export const printable = (text: string): string => text.replace(unsafe, visible);

/** The same for text of several lines, which stay lines. */
export const printableLines = (text: string): string => text.split(/\r?\n/).map(printable).join('\n');

function visible(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  const code = character.charCodeAt(0).toString(16);
  return code.length > 2 ? `\\u${code}` : `\\x${code.padStart(2, '0')}`;
}
