import * as anyFit from './any-fit.ts';
import { layOutTable, type TableOptions } from './table-layout.ts';

/**
 * Aligns cells into columns, two spaces apart, without trailing white space.
 *
 * Cells may hold colours. They are put out as they are: text that others wrote must have gone through `printable` before.
 * @returns one text without a final newline; empty for no rows.
 */
export const renderTable = (rows: readonly (readonly string[])[], options: TableOptions): string => layOutTable(rows, options, anyFit);
