import { useRef } from 'preact/hooks';
import { keySections } from './registry.ts';
import { useKeys } from './use-keys.ts';

/** The button and the dialog that list all keys that work here. */
export function KeyHelp() {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = (): void => dialog.current?.showModal();
  useKeys({ '?': { label: 'Show all keys', run: open } }, 'Help');
  return (
    <>
      <button type="button" class="quiet" aria-label="Keys" title="Keys (?)" onClick={open}>?</button>
      <dialog ref={dialog} aria-labelledby="keys-title">
        {/* The button has the focus, and the list may be long: it begins where it is. */}
        <form method="dialog" class="row">
          <h1 id="keys-title">Keys</h1>
          <button>Close</button>
        </form>
        {[...keySections()].map(([name, keys]) => (
          <section key={name}>
            <h2>{name}</h2>
            <dl>
              {Object.entries(keys).map(([key, { label }]) => [
                <dt key={key}><kbd>{key}</kbd></dt>,
                <dd key={`${key} label`}>{label}</dd>,
              ])}
            </dl>
          </section>
        ))}
      </dialog>
    </>
  );
}
