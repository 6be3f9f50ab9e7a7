import { useKeys } from '../../keys/use-keys.ts';
import { copyLines } from '../../log/copy.ts';
import { formatRange } from '../../log/line-range.ts';
import type { Log } from '../../log/log.ts';
import { timeKinds, times, wrap } from '../../log/settings.ts';

/** What can be done with the log as a whole. */
export function LogTools({ log }: { log: Log }) {
  const nextTimes = (): void => {
    times.value = timeKinds[(timeKinds.indexOf(times.value) + 1) % timeKinds.length] ?? 'relative';
    log.pane()?.resized();
  };
  const toggleWrap = (): void => void (wrap.value = wrap.value === 'on' ? 'off' : 'on');
  useKeys({
    e: { label: 'Next error', run: () => void log.stepError(1) },
    E: { label: 'Previous error', run: () => void log.stepError(-1) },
    w: { label: 'Wrap long lines', run: toggleWrap },
    T: { label: 'Change the times', run: nextTimes },
    '-': { label: 'Fold all steps', run: () => log.foldAll(true) },
    '+': { label: 'Unfold all steps', run: () => log.foldAll(false) },
    ']': { label: 'Next step', run: () => log.stepHead(1) },
    '[': { label: 'Previous step', run: () => log.stepHead(-1) },
    o: { label: 'Fold or unfold this step', run: () => log.toggleCurrent() },
    f: { label: 'Follow the end', run: () => log.pane()?.toBottom() },
  }, 'Log');
  return (
    <div class="log-tools" role="toolbar" aria-label="Log">
      <button type="button" title="Next error (e)" onClick={() => void log.stepError(1)}>Next error</button>
      {log.steps.value.length === 0 ? null : (
        <button type="button" title="Fold or unfold all steps (- and +)" onClick={() => log.foldAll(log.folded.value.size === 0)}>
          {log.folded.value.size === 0 ? 'Fold all' : 'Unfold all'}
        </button>
      )}
      <button type="button" class="toggle" aria-pressed={wrap.value === 'on'} title="Wrap long lines (w)" onClick={toggleWrap}>Wrap</button>
      <button type="button" title="Change the times (T)" onClick={nextTimes}>Times: {times.value}</button>
      <button type="button" onClick={() => void copyChosen(log)}>{log.range.value === undefined ? 'Copy log' : 'Copy lines'}</button>
      <button type="button" onClick={() => void copyLink(log)}>Copy link</button>
      <a class="button" href={log.rawHref} download>Download</a>
      <span class="log-message" role="status">{log.message.value}</span>
    </div>
  );
}

async function copyChosen(log: Log): Promise<void> {
  const { first, last } = log.range.value ?? { first: 1, last: log.total.value };
  log.message.value = await copyLines(log.store, { start: { line: first, offset: 0 }, end: { line: last, offset: Number.MAX_SAFE_INTEGER } });
}

async function copyLink(log: Log): Promise<void> {
  const line = log.current.value === 0 ? log.top.value : log.current.value;
  const { origin, pathname } = location;
  try {
    await navigator.clipboard.writeText(`${origin}${pathname}${formatRange(log.range.value ?? { first: line, last: line })}`);
    log.message.value = 'Copied the link';
  } catch {
    // Without a secure context, or without leave.
    log.message.value = 'The browser did not allow to copy';
  }
}
