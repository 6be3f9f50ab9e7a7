import { pattern } from '../../log/search.ts';

/** What is looked for, as the address has it. */
export interface Query {
  q: string;
  regex: boolean;
  matchCase: boolean;
}

/** A part of a line; `hit` if it is what was looked for. */
export interface Part {
  text: string;
  hit: boolean;
}

/** Before the first hit of a long line so much is shown. */
const lead = 60;
const longest = 240;

/** An expression that finds what the server found, or nothing if this browser does not understand it. */
export const expressionOf = ({ q, ...how }: Query): RegExp | undefined => pattern({ text: q, ...how });

/** A line cut into what fits and what does not; a long one begins shortly before the first hit. */
export function markParts(line: string, expression: RegExp | undefined): Part[] {
  const first = expression === undefined ? -1 : line.slice(0, 16 * longest).search(expression);
  const start = first > longest - lead ? first - lead : 0;
  const text = line.slice(start, start + longest);
  const parts: Part[] = start > 0 ? [{ text: '…', hit: false }] : [];
  let at = 0;
  for (const match of expression === undefined ? [] : text.matchAll(expression)) {
    if (match[0] === '') continue;
    parts.push({ text: text.slice(at, match.index), hit: false }, { text: match[0], hit: true });
    at = match.index + match[0].length;
  }
  parts.push({ text: text.slice(at) + (start + longest < line.length ? '…' : ''), hit: false });
  return parts.filter(({ text: part }) => part !== '');
}
