import { useKeys } from '../../keys/use-keys.ts';
import type { Log } from '../../log/log.ts';
import { nextTimes, toggleWrap } from '../../log/settings.ts';

/** Of an arrow key, in px. */
const downBy = 40;
const acrossBy = 80;

/** The keys of a log: they work wherever the focus is. */
export function useLogKeys(log: Log): void {
  useKeys({
    Home: { label: 'To the start', run: () => log.pane()?.toTop() },
    End: { label: 'To the end', run: () => log.pane()?.toBottom() },
    G: { label: 'To the end', run: () => log.pane()?.toBottom() },
    PageDown: { label: 'A page down', run: () => log.pane()?.movePages(1) },
    PageUp: { label: 'A page up', run: () => log.pane()?.movePages(-1) },
    Space: { label: 'A page down', run: () => log.pane()?.movePages(1) },
    'Shift-Space': { label: 'A page up', run: () => log.pane()?.movePages(-1) },
    ArrowDown: { label: 'Down', run: () => log.pane()?.move(downBy) },
    ArrowUp: { label: 'Up', run: () => log.pane()?.move(-downBy) },
    ArrowRight: { label: 'To the right', run: () => log.pane()?.across(acrossBy) },
    ArrowLeft: { label: 'To the left', run: () => log.pane()?.across(-acrossBy) },
  }, 'Scrolling');
  useKeys({
    j: { label: 'Choose the next line', run: () => log.stepLine(1, false) },
    k: { label: 'Choose the previous line', run: () => log.stepLine(-1, false) },
    J: { label: 'Choose the next line too', run: () => log.stepLine(1, true) },
    K: { label: 'Choose the previous line too', run: () => log.stepLine(-1, true) },
    Escape: { label: 'Choose no line', run: () => log.chooseNone() },
    'Ctrl-a': { label: 'Select the whole log', run: () => (log.all.value = true) },
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
}
