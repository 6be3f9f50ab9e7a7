import { isPlain, plainFit } from './plain-fit.ts';
import { layOutTable, oneLine, type TableOptions } from './table-layout.ts';

/** `renderTable` that loads what measures any text only if a cell is not plain: that takes 20 ms. */
export async function renderPlainTable(rows: readonly (readonly string[])[], options: TableOptions): Promise<string> {
  if (rows.every((row) => row.every((cell) => isPlain(oneLine(cell))))) return layOutTable(rows, options, plainFit);
  const { renderTable } = await import('./table.ts');
  return renderTable(rows, options);
}
