import { copied, copyLines, textAtHand } from './copy.ts';
import type { Log } from './log.ts';
import { selectionIn, type TextSelection } from './selection.ts';

/** Keys that scroll, and what a native scroller would not know. */
export function onLogKey(log: Log, event: KeyboardEvent): void {
  const pane = log.pane();
  if (pane === undefined || event.altKey) return;
  const { key } = event;
  if ((event.ctrlKey || event.metaKey) && key === 'a') {
    event.preventDefault();
    log.all.value = true;
    return;
  }
  if (key === 'Escape') log.all.value = false;
  const keys: Record<string, () => void> = {
    ArrowDown: () => pane.move(40),
    ArrowUp: () => pane.move(-40),
    ArrowRight: () => pane.across(80),
    ArrowLeft: () => pane.across(-80),
    PageDown: () => pane.move(pane.page()),
    PageUp: () => pane.move(-pane.page()),
    ' ': () => pane.move(event.shiftKey ? -pane.page() : pane.page()),
    Home: () => pane.toTop(),
    End: () => pane.toBottom(),
    G: () => pane.toBottom(),
  };
  const isButton = event.target instanceof HTMLElement && event.target.closest('button, a') !== null;
  const action = key === ' ' && isButton ? undefined : keys[key];
  if (action === undefined || (event.shiftKey && key.startsWith('Arrow'))) return;
  event.preventDefault();
  action();
}

/** Numbers choose lines, signs before heads fold steps. */
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
  const from = event.shiftKey ? log.range.value?.first ?? line : line;
  log.choose({ first: Math.min(from, line), last: Math.max(from, line) });
}

/** Gives the plain text of what is selected, without numbers and times, of lines too that are not in the page. */
export function onLogCopy(log: Log, rows: HTMLElement, event: ClipboardEvent): void {
  const selection = log.all.value ? wholeLog(log) : selectionIn(rows);
  if (selection === undefined) return;
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

const wholeLog = (log: Log): TextSelection | undefined =>
  log.total.value === 0 ? undefined : { start: { line: 1, offset: 0 }, end: { line: log.total.value, offset: Number.MAX_SAFE_INTEGER } };
