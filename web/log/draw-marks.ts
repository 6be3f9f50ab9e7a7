import type { Folds } from './folds.ts';

/** Draws a stripe for each line that is marked, as far down as its row is; of lines in the same place one. */
export function drawMarks(canvas: HTMLCanvasElement, folds: Folds, total: number, hits: readonly number[], errors: readonly number[]): void {
  const rows = folds.rows(total);
  const { clientWidth: width, clientHeight: height } = canvas;
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null || rows === 0) return;
  const style = getComputedStyle(canvas);
  const stripes = (lines: readonly number[], color: string): void => {
    context.fillStyle = color;
    let last = -1;
    for (const line of lines) {
      const y = Math.floor((folds.row(line) / rows) * (height - 2));
      if (y !== last) context.fillRect(0, y, width, 2);
      last = y;
    }
  };
  stripes(hits, style.color);
  stripes(errors, style.outlineColor);
}
