/** Text of a line that is looked at for hits: an expression that is slow on a long line must not stop the page. */
const longest = 4096;
const mostHits = 200;

/** Marks what fits in the rows on the screen, without touching them: browsers that cannot do that show marked lines only. */
export function highlight(rows: Iterable<HTMLElement>, expression: RegExp | undefined): void {
  if (typeof Highlight === 'undefined') return;
  const ranges = expression === undefined ? [] : [...rows].flatMap((row) => rangesIn(row, expression));
  CSS.highlights.set('log-hit', new Highlight(...ranges));
}

function rangesIn(row: HTMLElement, expression: RegExp): Range[] {
  const text = row.querySelector('.log-text');
  if (text === null) return [];
  const nodes = textNodes(text);
  const ranges: Range[] = [];
  for (const match of text.textContent.slice(0, longest).matchAll(expression)) {
    if (match[0] === '' || ranges.length >= mostHits) break;
    const range = document.createRange();
    const start = nodeAt(nodes, match.index);
    const end = nodeAt(nodes, match.index + match[0].length - 1);
    if (start === undefined || end === undefined) break;
    range.setStart(start.node, start.offset);
    range.setEnd(end.node, end.offset + 1);
    ranges.push(range);
  }
  return ranges;
}

function textNodes(element: Element): Text[] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode as Text);
  return nodes;
}

function nodeAt(nodes: readonly Text[], at: number): { node: Text; offset: number } | undefined {
  let before = 0;
  for (const node of nodes) {
    if (at < before + node.length) return { node, offset: at - before };
    before += node.length;
  }
  return undefined;
}
