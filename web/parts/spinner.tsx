/** Something is on its way. */
export function Spinner({ label = 'Loading' }: { label?: string }) {
  return (
    <span class="row quiet-text" role="status">
      <span class="spinner" aria-hidden="true" /> {label}
    </span>
  );
}
