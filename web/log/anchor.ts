import type { Folds } from './folds.ts';
import { bottom, distance, moved, type Extent, type Place } from './scroll-model.ts';

/**
 * What stays where it is on the screen, whatever comes, folds or wraps above and below it: a line, so many pixels below
 * the top of the view, or the end of the log.
 */
export type Anchor = { line: number; y: number } | 'end';

/** Where the log has to stand. A line that is not there yet is looked for at the end. */
export function placeAt(anchor: Anchor, folds: Folds, extent: Extent): Place {
  return anchor === 'end' ? bottom(extent) : moved({ row: folds.row(anchor.line), offset: 0 }, -anchor.y, extent);
}

/** What is at the top stays there. */
export const anchorAt = ({ row, offset }: Place, folds: Folds): Anchor => ({ line: folds.line(row), y: -offset });

/** A line stays where it is; one that is above the view is at its top from now on. */
export const holding = (line: number, place: Place, folds: Folds, extent: Extent): Anchor => ({
  line,
  y: Math.max(0, distance(place, folds.row(line), extent) ?? 0),
});

/** A line that can be seen as a whole stays where it is; another one comes a third down the view. */
export function revealing(line: number, place: Place, folds: Folds, extent: Extent): Anchor {
  const row = folds.row(line);
  const y = distance(place, row, extent);
  const isSeen = y !== undefined && y >= extent.rowHeight && y + extent.height(row) <= extent.view;
  return { line, y: isSeen ? y : Math.round(extent.view / 3) };
}
