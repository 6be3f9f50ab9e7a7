import { isPlain, plainFit } from './plain-fit.ts';
import { layOutTable, oneLine, type TableOptions } from './table-layout.ts';

/**
 * Aligns cells into columns, two spaces apart, without trailing white space.
 *
 * Cells may hold colours. They are put out as they are: text that others wrote must have gone through `printable` before.
 * What measures any text is loaded only if a cell is not plain: that takes 20 ms.
 * @returns one text without a final newline; empty for no rows.
 */
export async function renderTable(rows: readonly (readonly string[])[], options: TableOptions): Promise<string> {
  const arePlain = isPlain(oneLine(rows.map((row) => row.join(' ')).join(' ')));
  return layOutTable(rows, options, arePlain ? plainFit : await import('./any-fit.ts'));
}
