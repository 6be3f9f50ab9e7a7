import { coloredReader, type ColoredSpan } from '../../src/output/colored-text.ts';

/** Fills an element with a line: text nodes, spans for colours, links for web addresses, and nothing else that a log could ask for. */
export function fillText(element: HTMLElement, text: string, state: string): void {
  element.replaceChildren();
  for (const span of coloredReader(state)(text)) {
    const target = span.classes === '' && span.color === undefined && span.background === undefined ? element : element.appendChild(styled(span));
    for (const { text: part, isLink } of linkParts(span.text)) target.append(isLink ? link(part) : part);
  }
}

function styled({ classes, color, background }: ColoredSpan): HTMLElement {
  const span = document.createElement('span');
  span.className = classes;
  for (const [, kind, number] of classes.matchAll(/\b([fk])(\d+)/g)) {
    span.style.setProperty(kind === 'f' ? 'color' : 'background', `var(--a${number})`);
    // Text without a colour of its own has that of paper there.
    if (kind === 'k') span.classList.add('fi');
  }
  if (color !== undefined) {
    span.style.setProperty('--c', color);
    // A colour on a ground of the log's own choice is left as it is.
    span.classList.add(background === undefined && !/\bk/.test(classes) ? 'fc' : 'fx');
  }
  if (background !== undefined) span.style.backgroundColor = background;
  return span;
}

function link(address: string): HTMLElement {
  const element = document.createElement('a');
  element.href = address;
  element.rel = 'noopener noreferrer';
  element.target = '_blank';
  element.textContent = address;
  return element;
}

/** A text in pieces, those that are addresses marked. Punctuation at an address's end is not part of it. */
export function linkParts(text: string): { text: string; isLink: boolean }[] {
  if (!text.includes('://')) return [{ text, isLink: false }];
  const parts: { text: string; isLink: boolean }[] = [];
  let at = 0;
  for (const { 0: match, index } of text.matchAll(addresses)) {
    const address = trimmed(match);
    if (!URL.canParse(address)) continue;
    if (index > at) parts.push({ text: text.slice(at, index), isLink: false });
    parts.push({ text: address, isLink: true });
    at = index + address.length;
  }
  if (at < text.length) parts.push({ text: text.slice(at), isLink: false });
  return parts;
}

const addresses = /\bhttps?:\/\/[^\s<>"'`{}|\\^\p{Cc}\p{Cf}]{1,2000}/gu;

/** A bracket at the end is the address's only if it was opened in it. */
function trimmed(address: string): string {
  let kept = address;
  while (/[.,;:!?)\]]$/.test(kept) && !(kept.endsWith(')') && kept.includes('(')) && !(kept.endsWith(']') && kept.includes('['))) kept = kept.slice(0, -1);
  return kept;
}
