import { everyRun, toggleWatch, watched } from '../state/notify.ts';

/** Has the browser tell when a run ends, or any run. @param what the path of its page, or `everyRun`. */
export function NotifyButton({ what, label, title, quiet = false }: { what: string; label: string; title?: string; quiet?: boolean }) {
  const isOn = watched.value.has(what) || watched.value.has(everyRun);
  return (
    <button type="button" class={quiet ? 'quiet' : undefined} title={title} aria-pressed={isOn} disabled={isOn && !watched.value.has(what)} onClick={() => void toggleWatch(what)}>
      {label}: {isOn ? 'on' : 'off'}
    </button>
  );
}
