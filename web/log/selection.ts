/** A place in the text of a log: characters of a line that are before it. */
export interface TextPlace {
  line: number;
  offset: number;
}

/** A part of the log that somebody selected, whether or not its lines are in the page. */
export interface TextSelection {
  start: TextPlace;
  end: TextPlace;
}

/** All of the lines from one to another. */
export const wholeLines = (first: number, last: number): TextSelection => ({ start: { line: first, offset: 0 }, end: { line: last, offset: Infinity } });

/** More than this is not put on a clipboard. */
export const mostCopied = { lines: 200_000, characters: 20_000_000 };

/** The part of a line that is selected. */
export function selectedPart(text: string, line: number, { start, end }: TextSelection): string {
  return text.slice(line === start.line ? start.offset : 0, line === end.line ? end.offset : text.length);
}

/** The selection of the document in terms of the log; `undefined` if it is elsewhere, or within one place. @param rows what holds the rows. */
export function selectionIn(rows: HTMLElement): TextSelection | undefined {
  const selection = getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  if (!rows.contains(range.startContainer) && !rows.contains(range.endContainer)) return undefined;
  const start = textPlaceOf(rows, range.startContainer, range.startOffset);
  const end = textPlaceOf(rows, range.endContainer, range.endOffset);
  return start === undefined || end === undefined ? undefined : { start, end };
}

/** The rows that a selection begins and ends in must stay, or the browser forgets it. */
export function selectedLines(rows: HTMLElement): number[] {
  const selection = getSelection();
  if (selection === null || selection.isCollapsed) return [];
  return [selection.anchorNode, selection.focusNode].flatMap((node) => {
    const row = node === null || !rows.contains(node) ? null : rowOf(node);
    return row === null ? [] : [Number(row.dataset['line'])];
  });
}

function textPlaceOf(rows: HTMLElement, node: Node, offset: number): TextPlace | undefined {
  const row = rowOf(node);
  if (row === null || !rows.contains(row)) return undefined;
  const line = Number(row.dataset['line']);
  const text = row.querySelector('.log-text');
  if (text === null) return { line, offset: 0 };
  const before = document.createRange();
  before.selectNodeContents(text);
  const position = before.comparePoint(node, offset);
  if (position !== 0) return { line, offset: position < 0 ? 0 : text.textContent.length };
  before.setEnd(node, offset);
  return { line, offset: before.toString().length };
}

const rowOf = (node: Node): HTMLElement | null => (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>('.log-row') ?? null;
