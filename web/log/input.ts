import { copied, copyLines, textAtHand } from './copy.ts';
import type { Log } from './log.ts';
import { selectionIn, wholeLines } from './selection.ts';

/** Numbers choose lines, or none if it was the one chosen; signs before heads fold steps. */
export function onRowClick(log: Log, event: MouseEvent): void {
  if (!(event.target instanceof Element)) return;
  const fold = event.target.closest<HTMLElement>('[data-fold]');
  if (fold !== null) {
    log.toggle(Number(fold.dataset['fold']));
    return;
  }
  const number = event.target.closest('.log-number');
  const row = event.target.closest<HTMLElement>('.log-row');
  if (number === null || row === null || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const line = Number(row.dataset['line']);
  const { first = line, last = 0 } = log.range.value ?? {};
  const from = event.shiftKey ? first : line;
  log.current.value = line;
  if (first === line && last === line) log.chooseNone();
  else log.choose(from, line);
}

/** Gives the plain text of what is selected, without numbers and times, of lines too that are not in the page. */
export function onLogCopy(log: Log, rows: HTMLElement, event: ClipboardEvent): void {
  const selection = log.all.value ? wholeLines(1, log.total.value) : selectionIn(rows);
  if (selection === undefined || log.total.value === 0) return;
  event.preventDefault();
  const text = textAtHand(log.store, selection);
  if (text !== undefined) {
    event.clipboardData?.setData('text/plain', text);
    log.message.value = copied(selection);
    return;
  }
  log.message.value = 'Copying …';
  void copyLines(log.store, selection).then((message) => (log.message.value = message));
}
