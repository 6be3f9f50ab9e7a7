import { useState } from 'preact/hooks';

/** Puts a text on the clipboard, and says whether that went well. */
export function CopyButton({ text, label = 'Copy' }: { text: string; label?: string }) {
  const [state, setState] = useState<string>();
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setState('Copied'),
      () => setState('The browser did not allow it'),
    );
  };
  return (
    <button type="button" onClick={copy} onBlur={() => setState(undefined)}>
      <span aria-live="polite">{state ?? label}</span>
    </button>
  );
}
