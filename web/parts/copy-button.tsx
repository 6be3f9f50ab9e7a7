import { useState } from 'preact/hooks';

/** Puts a text on the clipboard, and says whether that went well. */
export function CopyButton({ text }: { text: string }) {
  const [state, setState] = useState('Copy');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setState('Copied');
    } catch {
      // Without leave; over plain http there is no clipboard at all.
      setState('The browser did not allow it');
    }
  };
  return (
    <button type="button" aria-label={`${state}: ${text}`} onClick={() => void copy()} onBlur={() => setState('Copy')}>
      <span aria-live="polite">{state}</span>
    </button>
  );
}
