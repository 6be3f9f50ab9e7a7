import type { Folds } from './folds.ts';
import type { Heights } from './heights.ts';
import { createRowList } from './row-list.ts';
import type { RowContent } from './row.ts';
import type { Extent, Place } from './scroll-model.ts';
import { selectedLines } from './selection.ts';

/** What rows are made of. */
export interface RowSource {
  store: { total(): number; complete(): boolean };
  folds: () => Folds;
  /** Long lines go on in the next row of the screen. */
  wraps: () => boolean;
  row: (line: number, previousTime: string) => RowContent;
}

/** The rows around a place, in the page. */
export interface PaneRows {
  /** Makes them, and finds out how high they are. @returns what is shown, some of it just out of view. */
  show(place: Place, extent: Extent): RowContent[];
  /** Has the row at the top stand where it belongs. */
  put(place: Place, extent: Extent): void;
  element(line: number): HTMLElement | undefined;
  resized(): void;
  clear(): void;
}

/** Rows drawn above and below what is seen. */
const overscan = 12;

/** @param container holds nothing but rows. */
export function createPaneRows(container: HTMLElement, source: RowSource, heights: Heights): PaneRows {
  const list = createRowList(container);
  let widest = 0;
  let transform = '';

  /** A log that is not wrapped gets no narrower when its longest line leaves the view: it would jump back to the left. */
  function widen(): void {
    const width = container.offsetWidth;
    if (width > widest) container.style.minWidth = `${(widest = width)}px`;
  }

  return {
    show(place, extent) {
      const contents = contentsAround(place, extent, source);
      const changed = list.show(contents, selectedLines(container), source.store.complete() ? source.store.total() : -1);
      if (source.wraps()) heights.measure(contents.map(({ line }) => line), changed, list.element);
      else if (changed.size > 0) widen();
      return contents;
    },
    put(place, extent) {
      let above = place.offset;
      for (let row = firstRow(place); row < place.row; row += 1) above += extent.height(row);
      const wanted = `translateY(${-above}px)`;
      if (wanted !== transform) container.style.transform = transform = wanted;
    },
    element: list.element,
    resized() {
      widest = 0;
      container.style.minWidth = '';
    },
    clear: list.clear,
  };
}

const firstRow = ({ row }: Place): number => Math.max(0, row - overscan);

function contentsAround(place: Place, extent: Extent, source: RowSource): RowContent[] {
  const folds = source.folds();
  const contents: RowContent[] = [];
  let time = '';
  let y = -place.offset;
  for (let row = firstRow(place), below = 0; row < extent.rows && below < overscan; row += 1) {
    // The first line below the header tells its time, whatever stands above it.
    if (row > 2 && row === place.row + 2) time = '';
    const content = source.row(folds.line(row), time);
    contents.push(content);
    if (content.time !== '') ({ time } = content);
    if (row < place.row) continue;
    y += extent.height(row);
    if (y > extent.view) below += 1;
  }
  return contents;
}

const linesAhead = 200;

/** Lines that have to be fetched. Folded heads tell their names by themselves: a screen full of them would ask for lines from all over the log. */
export function wantedLines(contents: readonly RowContent[], total: number): number[] {
  const lines = contents.filter(({ folded }) => !folded).map(({ line }) => line);
  const [first, last] = [lines[0], lines.at(-1)];
  return first === undefined || last === undefined ? [Math.max(1, total)] : [first - linesAhead, ...lines, Math.min(total, last + linesAhead)];
}
