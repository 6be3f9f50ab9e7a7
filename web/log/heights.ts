/** How high rows are: as high as all, until they have been seen to be higher. */
export interface Heights {
  /** @returns px. */
  of(line: number): number;
  /**
   * Looks at rows that were not looked at before, or that have changed.
   * All reading is done here, at once: what is written in between would have the browser lay out the page for each row.
   */
  measure(lines: readonly number[], changed: ReadonlySet<number>, element: (line: number) => HTMLElement | undefined): void;
  /** Forgets all. @param usual height of a row that is not wrapped. */
  reset(usual: number): void;
}

const most = 5000;

/** @param usual height of a row, in px. */
export function createHeights(usual: number): Heights {
  const known = new Map<number, number>();
  let rowHeight = usual;
  return {
    of: (line) => known.get(line) ?? rowHeight,
    measure(lines, changed, element) {
      if (known.size > most) known.clear();
      for (const line of lines) {
        if (known.has(line) && !changed.has(line)) continue;
        const height = element(line)?.getBoundingClientRect().height ?? 0;
        if (height > 0) known.set(line, height);
      }
    },
    reset(height) {
      known.clear();
      rowHeight = height;
    },
  };
}
