import { stepsAround } from './folds.ts';
import type { LogState } from './log-state.ts';
import type { Pane } from './pane.ts';

export type Folding = ReturnType<typeof createFolding>;

/** Folds steps away, and brings them back. The line that is folded at stays where it is on the screen. */
export function createFolding(state: LogState, pane: () => Pane | undefined) {
  const { folded, folds, heads, steps } = state;

  function change(line: number, to: ReadonlySet<number>): void {
    pane()?.hold(line);
    folded.value = to;
    pane()?.draw();
  }

  function toggle(line: number): void {
    const index = heads.value.get(line);
    if (index === undefined) return;
    const to = new Set(folded.value);
    if (!to.delete(index)) to.add(index);
    change(line, to);
  }

  return {
    toggle,
    foldAll: (on: boolean): void => change(state.top.value, new Set(on ? steps.value.keys() : [])),
    /** Opens the folds that hide a line. */
    unfold(line: number): void {
      if (!folds.value.isHidden(line)) return;
      const around = stepsAround(steps.value, line);
      folded.value = new Set([...folded.value].filter((index) => !around.includes(index)));
    },
    /** Folds or unfolds the innermost step around the current line. */
    toggleCurrent(): void {
      const line = state.current.value === 0 ? state.top.value : state.current.value;
      const index = stepsAround(steps.value, line).at(-1);
      const head = index === undefined ? undefined : steps.value[index]?.firstLine;
      if (head === undefined) return;
      toggle(head);
      state.current.value = head;
    },
  };
}
