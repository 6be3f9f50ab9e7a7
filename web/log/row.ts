import { formatCount } from '../parts/format-count.ts';
import type { StoredLine } from './line-store.ts';
import { fillText } from './line-text.ts';
import { hasFailed, stepWords, type LogStep } from './step-words.ts';

/** All that a row shows. Two that are equal look the same. */
export interface RowContent {
  line: number;
  /** `undefined` while it is on its way. */
  stored: StoredLine | undefined;
  time: string;
  /** The same time stands above. */
  sameTime: boolean;
  /** The step that begins here. */
  step: LogStep | undefined;
  folded: boolean;
  /** Words for classes: the level of an annotation, `chosen`, `current`. */
  marks: string;
  rawHref: string;
}

/** Makes the element of a row, or brings it up to date. */
export function fillRow(element: HTMLElement, content: RowContent): void {
  const { line, stored, time, step, folded, marks } = content;
  element.className = `log-row ${marks}${step === undefined ? '' : ' head'}`;
  element.dataset['line'] = String(line);
  element.setAttribute('role', 'listitem');
  element.setAttribute('aria-posinset', String(line));
  element.replaceChildren(number(line), ...(time === '' ? [] : [timeOf(time, content.sameTime)]), foldOf(step, folded, line));
  const text = part('span', 'log-text');
  if (stored !== undefined) fillText(text, stored.text, stored.state);
  else if (step !== undefined && folded) text.textContent = `▸ ${step.name}`;
  const body = part('span', 'log-body');
  body.append(text);
  if (stored?.cut !== undefined) body.append(cutOf(stored.cut, content.rawHref));
  if (step !== undefined) body.append(asideOf(step, folded));
  element.append(body);
}

function number(line: number): HTMLElement {
  const link = part('a', 'log-number', String(line)) as HTMLAnchorElement;
  link.href = `#L${line}`;
  link.setAttribute('aria-label', `Line ${line}`);
  link.tabIndex = -1;
  return link;
}

const timeOf = (time: string, same: boolean): HTMLElement => part('span', same ? 'log-time same' : 'log-time', time);

function foldOf(step: LogStep | undefined, folded: boolean, line: number): HTMLElement {
  if (step === undefined) return part('span', 'log-fold');
  const button = part('button', 'log-fold quiet', folded ? '+' : '−') as HTMLButtonElement;
  button.type = 'button';
  button.dataset['fold'] = String(line);
  button.setAttribute('aria-expanded', String(!folded));
  button.setAttribute('aria-label', `${step.name}: ${step.lastLine - step.firstLine} lines`);
  return button;
}

function cutOf(characters: number, rawHref: string): HTMLElement {
  const note = part('span', 'log-aside', `… ${formatCount(characters)} more characters: `);
  const link = part('a', '', 'the whole file') as HTMLAnchorElement;
  link.href = rawHref;
  note.append(link);
  return note;
}

function asideOf(step: LogStep, folded: boolean): HTMLElement {
  const words = `${stepWords(step)}${folded ? ` · ${formatCount(step.lastLine - step.firstLine)} lines` : ''}`;
  return part('span', hasFailed(step) ? 'log-aside bad' : 'log-aside', words);
}

function part(name: string, className: string, text = ''): HTMLElement {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}
