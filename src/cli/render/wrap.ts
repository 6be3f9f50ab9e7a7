import { displayWidth } from './any-fit.ts';

/**
 * Breaks paragraphs at spaces into lines of at most `width` columns. A blank line parts paragraphs; lines that begin
 * with two spaces stay as they are. A word that is too long gets a line of its own.
 */
export function wrap(text: string, width: number): string[] {
  const paragraphs = text.trim().split(/\n[ \t]*\n/);
  return paragraphs.flatMap((paragraph, index) => [...(index === 0 ? [] : ['']), ...wrapParagraph(paragraph, width)]);
}

function wrapParagraph(paragraph: string, width: number): string[] {
  if (paragraph.split('\n').every((line) => line.startsWith('  '))) return paragraph.split('\n');
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(/\s+/).filter(Boolean)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && displayWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return line === '' ? lines : [...lines, line];
}
