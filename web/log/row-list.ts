import type { StoredLine } from './line-store.ts';
import { fillRow, type RowContent } from './row.ts';

/** Rows in the page, one element for each line: kept while it is shown, so that what is selected stays selected. */
export interface RowList {
  /** @param shown in order. @param kept lines that stay in the page, out of sight. @param total of all lines; -1 while nobody knows. @returns lines that look different now. */
  show(shown: readonly RowContent[], kept: readonly number[], total: number): ReadonlySet<number>;
  element(line: number): HTMLElement | undefined;
  /** Everything has to be looked at again, whatever it showed. */
  clear(): void;
}

/** @param container holds nothing but rows. */
export function createRowList(container: HTMLElement): RowList {
  const rows = new Map<number, { element: HTMLElement; content: RowContent }>();

  function rowFor(content: RowContent, changed: Set<number>): HTMLElement {
    const known = rows.get(content.line);
    if (known !== undefined && isSame(known.content, content)) return known.element;
    changed.add(content.line);
    const element = known?.element ?? document.createElement('div');
    fillRow(element, content);
    rows.set(content.line, { element, content });
    return element;
  }

  return {
    show(shown, kept, total) {
      const changed = new Set<number>();
      const lines = new Set(shown.map(({ line }) => line));
      for (const [line, { element }] of rows) {
        if (lines.has(line)) continue;
        if (kept.includes(line)) element.classList.add('away');
        else {
          element.remove();
          rows.delete(line);
        }
      }
      // Rows that stay are never moved: what is selected would be forgotten.
      let next = container.firstElementChild;
      for (const content of shown) {
        while (next instanceof HTMLElement && Number(next.dataset['line']) < content.line) next = next.nextElementSibling;
        const element = rowFor(content, changed);
        element.classList.remove('away');
        if (element.ariaSetSize !== String(total)) element.ariaSetSize = String(total);
        if (element === next) next = next.nextElementSibling;
        else container.insertBefore(element, next);
      }
      return changed;
    },
    element: (line) => rows.get(line)?.element,
    clear() {
      rows.clear();
      container.replaceChildren();
    },
  };
}

const isSame = (a: RowContent, b: RowContent): boolean =>
  isSameLine(a.stored, b.stored) && a.marks === b.marks && a.time === b.time && a.sameTime === b.sameTime && a.step === b.step && a.folded === b.folded;

/** A log that grows has its last lines fetched again: what is selected in them must stay. */
const isSameLine = (a: StoredLine | undefined, b: StoredLine | undefined): boolean =>
  a === b || (a?.text === b?.text && a?.state === b?.state && a?.cut === b?.cut);
