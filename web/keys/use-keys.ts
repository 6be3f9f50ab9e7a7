import { useLayoutEffect, useRef } from 'preact/hooks';
import { actionOf, addKeys, nameOf, type Keys } from './registry.ts';

/** Has keys work as long as the component is there. What they do may change with every rendering, the keys may not. */
export function useKeys(keys: Keys, name = 'This view'): void {
  const latest = useRef(keys);
  latest.current = keys;
  useLayoutEffect(() => {
    const names = Object.keys(latest.current);
    const stable = Object.fromEntries(
      names.map((key) => [key, { label: latest.current[key]?.label ?? key, run: () => latest.current[key]?.run() }]),
    );
    return addKeys({ name, keys: stable });
  }, [name]);
}

/** Keys are for the page, unless somebody types, a dialog is open, or the browser has a use for them. */
function onKeyDown(event: KeyboardEvent): void {
  if (event.altKey || event.defaultPrevented || isTyping(event)) return;
  const action = actionOf(nameOf(event), event.timeStamp);
  if (action === undefined) return;
  event.preventDefault();
  action.run();
}

function isTyping({ target, key }: KeyboardEvent): boolean {
  if (document.querySelector('dialog[open]') !== null) return true;
  if (!(target instanceof HTMLElement)) return false;
  if ((key === 'Enter' || key === ' ') && target.closest('a, button, summary') !== null) return true;
  return target.isContentEditable || target.closest('input, textarea, select') !== null;
}

/** Begins to listen for keys. */
export function listenForKeys(): void {
  document.addEventListener('keydown', onKeyDown);
}
