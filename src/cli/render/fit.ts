/** How text is measured: the part that differs between plain text and any text. */
export interface Measure {
  /** Columns of text without colours. */
  width(text: string): number;
  /** The smallest parts that may be parted. */
  parts(text: string): Iterable<string>;
}

/** Fits text into columns. Colours take none. */
export interface Fit {
  /** Columns that text takes on a terminal. */
  displayWidth(text: string): number;
  /**
   * Cuts text that is wider than `width` columns and ends it with `more`. Colours that were switched on are switched off again.
   * @param more one column wide, such as `…`.
   */
  truncate(text: string, width: number, more: string): string;
  /** Fills up with spaces on the right, or on the left. */
  pad(text: string, width: number, align?: 'left' | 'right'): string;
}

/** What a terminal takes for colours. */
const color = /(\x1b\[[0-9;]*m)/;

/** Text without colours. */
export const withoutColors = (text: string): string => (text.includes('\x1b') ? text.split(color).filter((_, index) => index % 2 === 0).join('') : text);

export function createFit(measure: Measure): Fit {
  const displayWidth = (text: string): number => measure.width(withoutColors(text));
  return {
    displayWidth,
    truncate: (text, width, more) => (displayWidth(text) <= width ? text : width < 1 ? '' : cut(measure, text, width - 1, more)),
    pad(text, width, align = 'left') {
      const spaces = ' '.repeat(Math.max(0, width - displayWidth(text)));
      return align === 'left' ? text + spaces : spaces + text;
    },
  };
}

function cut(measure: Measure, text: string, columns: number, more: string): string {
  let room = columns;
  let isCut = false;
  const kept = text.split(color).map((part, index) => {
    // Colour codes after the cut are kept: one of them ends the colour.
    if (index % 2 === 1) return part;
    if (isCut) return '';
    const { head, width, whole } = takeColumns(measure, part, room);
    room -= width;
    isCut = !whole;
    return whole ? head : `${head}${more}`;
  });
  return kept.join('');
}

function takeColumns(measure: Measure, text: string, room: number): { head: string; width: number; whole: boolean } {
  let head = '';
  let taken = 0;
  for (const part of measure.parts(text)) {
    const columns = measure.width(part);
    if (taken + columns > room) return { head, width: taken, whole: false };
    head += part;
    taken += columns;
  }
  return { head, width: taken, whole: true };
}
