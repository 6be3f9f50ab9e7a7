/** What groff would otherwise turn into typography, or take for a request. */
const special: Record<string, string> = { '\\': '\\e', '-': '\\-', "'": '\\(aq', '"': '\\(dq', '`': '\\(ga', '^': '\\(ha', '~': '\\(ti' };

/** Text as roff input, ASCII only: it can stand on a line of its own and as an argument in quotes. */
export function escapeRoff(text: string): string {
  const escaped = text.replace(/[\\\-'"`^~]|[^\x20-\x7e\n]/gu, (character) => special[character] ?? unicode(character));
  return escaped.replace(/^\./gm, '\\&.');
}

const unicode = (character: string): string => `\\[u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;

/** A macro with one argument: `.SH "EXIT STATUS"`. */
export const macro = (name: string, text: string): string => `.${name} "${escapeRoff(text).replaceAll('\n', ' ')}"`;

/** Filled text; a blank line starts a paragraph, and lines that begin with two spaces stay as they are. */
export function paragraphs(text: string, between = '.PP'): string[] {
  return text
    .trim()
    .split(/\n[ \t]*\n/)
    .flatMap((paragraph, index) => [...(index === 0 ? [] : [between]), ...paragraphLines(paragraph)]);
}

function paragraphLines(paragraph: string): string[] {
  const lines = paragraph.split('\n');
  if (lines.every((line) => line.startsWith('  '))) return example(lines.map((line) => line.slice(2)));
  return [escapeRoff(lines.map((line) => line.trim()).join(' '))];
}

/** Lines as they are. Not `.EX` and `.EE`: in groff the latter switches hyphenation on again. */
export const example = (lines: readonly string[]): string[] => ['.nf', ...lines.map(escapeRoff), '.fi'];

/** A term in bold and, indented below it, what it means. */
export const item = (term: string, meaning: string): string[] => ['.TP', macro('B', term), ...paragraphs(meaning, '.IP')];
