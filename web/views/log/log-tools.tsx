import { copyLines, copyText } from '../../log/copy.ts';
import { formatRange } from '../../log/line-range.ts';
import type { Log } from '../../log/log.ts';
import { wholeLines } from '../../log/selection.ts';
import { nextTimes, times, toggleWrap, wrap } from '../../log/settings.ts';
import { useLogKeys } from './use-log-keys.ts';

/** What can be done with the log as a whole. */
export function LogTools({ log }: { log: Log }) {
  useLogKeys(log);
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
  log.message.value = await copyLines(log.store, wholeLines(first, last));
}

async function copyLink(log: Log): Promise<void> {
  const line = log.current.value === 0 ? log.top.value : log.current.value;
  const { origin, pathname } = location;
  log.message.value = await copyText(`${origin}${pathname}${formatRange(log.range.value ?? { first: line, last: line })}`, 'Copied the link');
}
