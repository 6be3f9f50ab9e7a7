/**
 * Where a log stands, by line and not by pixel: browsers clamp the height of elements, and nobody knows how high
 * wrapped lines are before they are shown.
 */
export interface Place {
  /** The row at the top. */
  row: number;
  /** Pixels of it that are above the top. */
  offset: number;
}

export interface Extent {
  rows: number;
  /** Height of what is seen, in px. */
  view: number;
  /** Height of a row, in px; an estimate for one that was never shown. */
  height: (row: number) => number;
  /** Height of a row that is not wrapped. */
  rowHeight: number;
}

/**
 * Height of what the browser scrolls, at most. All of them can do more, but above 2^23 px Chromium cannot tell pixels
 * apart: the scrollbar would not stand where it was put.
 */
export const mostHeight = 8_000_000;

export const top: Place = { row: 0, offset: 0 };

/** How high the browser is told that everything is. */
export const scrollHeight = ({ rows, rowHeight, view }: Extent): number => Math.min(mostHeight, Math.max(rows * rowHeight, view));

/** The lowest place: the last row ends where the view does. */
export function bottom({ rows, view, height }: Extent): Place {
  let left = view;
  for (let row = rows - 1; row >= 0; row -= 1) {
    left -= height(row);
    if (left <= 0) return { row, offset: Math.abs(left) };
  }
  return top;
}

/** So many pixels further down, or up. For short ways only: it goes row by row. */
export function moved(place: Place, pixels: number, extent: Extent): Place {
  let { row } = place;
  let offset = place.offset + pixels;
  while (offset < 0 && row > 0) {
    row -= 1;
    offset += extent.height(row);
  }
  while (row < extent.rows - 1 && offset >= extent.height(row)) {
    offset -= extent.height(row);
    row += 1;
  }
  return within({ row, offset: Math.max(0, offset) }, extent);
}

/** The same place, or the nearest that there is. */
export function within(place: Place, extent: Extent): Place {
  const lowest = bottom(extent);
  if (place.row < 0) return top;
  return place.row > lowest.row || (place.row === lowest.row && place.offset > lowest.offset) ? lowest : place;
}

/** Where the scrollbar belongs. */
export function toScrollTop(place: Place, extent: Extent): number {
  const lowest = rowsAbove(bottom(extent), extent);
  const room = scrollHeight(extent) - extent.view;
  return lowest <= 0 ? 0 : Math.min(1, rowsAbove(place, extent) / lowest) * room;
}

/** What the scrollbar means. */
export function fromScrollTop(scrollTop: number, extent: Extent): Place {
  const room = scrollHeight(extent) - extent.view;
  if (room <= 0) return top;
  const rows = Math.min(1, Math.max(0, scrollTop / room)) * rowsAbove(bottom(extent), extent);
  const row = Math.floor(rows);
  return within({ row, offset: (rows - row) * extent.height(row) }, extent);
}

const rowsAbove = ({ row, offset }: Place, { height }: Extent): number => row + offset / height(row);

/** Pixels from the top of the view down to a row; `undefined` for one that is out of view. */
export function distance({ row: first, offset }: Place, row: number, { view, height }: Extent): number | undefined {
  if (row < first) return undefined;
  let y = -offset;
  for (let above = first; above < row && y < view; above += 1) y += height(above);
  return y < view ? y : undefined;
}

/** Whether two places are one for the eye. */
export const isSamePlace = (a: Place, b: Place): boolean => a.row === b.row && Math.abs(a.offset - b.offset) < 0.5;

/** Whether nothing is below the view, but for a pixel or two. */
export const isAtBottom = (place: Place, extent: Extent): boolean => {
  const lowest = bottom(extent);
  return place.row > lowest.row || (place.row === lowest.row && place.offset >= lowest.offset - 2);
};
