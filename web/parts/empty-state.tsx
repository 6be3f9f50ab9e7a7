import type { ComponentChildren } from 'preact';

/** Says why there is nothing here, and what to do about it. */
export function EmptyState({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <h2>{title}</h2>
      <div class="quiet-text">{children}</div>
    </div>
  );
}
