import type { ComponentChildren } from 'preact';

/** What stands above a column, and how all of it looks; `''` above bars, which say nothing that the numbers beside them do not. */
export type Column = readonly [name: string, look?: 'right' | 'bars' | 'wide'];

/** A table that may be wider than the window: it scrolls by itself, with the keyboard too. @param label what it is about. @param children its rows. */
export function TableBox({ label, look = '', columns, children }: { label: string; look?: string; columns: readonly Column[]; children: ComponentChildren }) {
  return (
    <div class="table-box" tabIndex={0} role="region" aria-label={label}>
      <table class={`table ${look}`}>
        <thead>
          <tr>{columns.map(([name, place]) => (name === '' ? <td class={place} /> : <th key={name} class={place}>{name}</th>))}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
