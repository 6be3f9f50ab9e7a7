import stringWidth from 'string-width';

/** What a terminal takes for colours. */
const color = /(\x1b\[[0-9;]*m)/;  

const graphemes = new Intl.Segmenter();

/** One column each: what nearly every cell holds. */
const narrow = /^[\x20-\x7e✓✗…]*$/;

/** Columns that text takes on a terminal: wide characters count two, colours nothing. */
export const displayWidth = (text: string): number => (narrow.test(text) ? text.length : stringWidth(text));

/**
 * Cuts text that is wider than `width` columns and ends it with `more`. Colours that were switched on are switched off again.
 * @param more one column wide, such as `…`.
 */
export function truncate(text: string, width: number, more: string): string {
  if (displayWidth(text) <= width) return text;
  if (width < 1) return '';
  let room = width - 1;
  let cut = false;
  const kept = text.split(color).map((part) => {
    // Colour codes after the cut are kept: one of them ends the colour.
    if (color.test(part)) return part;
    if (cut) return '';
    const { head, width: taken, whole } = takeColumns(part, room);
    room -= taken;
    cut = !whole;
    return whole ? head : `${head}${more}`;
  });
  return kept.join('');
}

function takeColumns(text: string, room: number): { head: string; width: number; whole: boolean } {
  let head = '';
  let taken = 0;
  for (const { segment } of graphemes.segment(text)) {
    const columns = displayWidth(segment);
    if (taken + columns > room) return { head, width: taken, whole: false };
    head += segment;
    taken += columns;
  }
  return { head, width: taken, whole: true };
}

/** Fills up with spaces on the right, or on the left. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const spaces = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'left' ? text + spaces : spaces + text;
}
