import type { ComponentChildren } from 'preact';

/** A table that may be wider than the window: it scrolls by itself, with the keyboard too. @param label what it is about. */
export function TableBox({ label, look = '', children }: { label: string; look?: string; children: ComponentChildren }) {
  return (
    <div class="table-box" tabIndex={0} role="region" aria-label={label}>
      <table class={`table ${look}`}>{children}</table>
    </div>
  );
}
