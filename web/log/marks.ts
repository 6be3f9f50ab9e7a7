/** Draws a stripe for each line that is marked; of lines in the same place one. */
export function drawMarks(canvas: HTMLCanvasElement, total: number, hits: readonly number[], errors: readonly number[]): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null || total === 0) return;
  const style = getComputedStyle(canvas);
  const stripes = (lines: readonly number[], color: string): void => {
    context.fillStyle = style.getPropertyValue(color);
    for (const y of new Set(lines.map((line) => Math.floor((line / total) * (height - 2))))) context.fillRect(0, y, width, 2);
  };
  stripes(hits, '--warn');
  stripes(errors, '--fail');
}
