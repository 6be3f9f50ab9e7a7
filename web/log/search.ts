import { signal, type ReadonlySignal } from '@preact/signals';
import { logSearch } from '../../src/api/log.ts';
import { readNdjson } from '../api/ndjson.ts';

/** What is looked for. */
export interface Query {
  text: string;
  regex: boolean;
  matchCase: boolean;
}

/** What is known of the hits so far. */
export interface Found {
  query: Query;
  /** Lines with a hit, in order. */
  lines: readonly number[];
  /** Of all lines that fit; there may be more than are listed. */
  count: number;
  done: boolean;
  problem?: string;
}

export interface Search {
  found: ReadonlySignal<Found | undefined>;
  /** Gives up what was looked for before. An empty text finds nothing. */
  start(query: Query): void;
  stop(): void;
}

/** Looks through the whole of a log, at the server. @param base where the routes of the log begin. */
export function createSearch(base: string): Search {
  const found = signal<Found | undefined>(undefined);
  let abort = new AbortController();

  function start(query: Query): void {
    abort.abort();
    found.value = undefined;
    if (query.text === '') return;
    abort = new AbortController();
    void run(query, abort.signal);
  }

  async function run(query: Query, signal: AbortSignal): Promise<void> {
    const lines: number[] = [];
    found.value = { query, lines, count: 0, done: false };
    const url = `${base}/search?${new URLSearchParams({ q: query.text, regex: flag(query.regex), case: flag(query.matchCase) }).toString()}`;
    const problem = await readNdjson(logSearch, url, signal, (part) => {
      if (signal.aborted) return;
      for (const { line } of part.hits ?? []) lines.push(line);
      found.value = { query, lines, count: part.count, done: part.done === true };
    });
    if (!signal.aborted && problem !== undefined) found.value = { query, lines, count: lines.length, done: true, problem: problem.error };
  }

  return {
    found,
    start,
    stop() {
      abort.abort();
      found.value = undefined;
    },
  };
}

const flag = (on: boolean): string => (on ? '1' : '0');

/** Whether a line is among the hits, which are in order. */
export function isHit(lines: readonly number[], line: number): boolean {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return lines[low] === line;
}

/** The number, from 0, of the hit after a line or before it; round again at the end. -1 if there is none. */
export function nextHit(lines: readonly number[], line: number, step: 1 | -1): number {
  if (lines.length === 0) return -1;
  const at = step === 1 ? lines.findIndex((hit) => hit > line) : lines.findLastIndex((hit) => hit < line);
  if (at !== -1) return at;
  return step === 1 ? 0 : lines.length - 1;
}

/** What fits a query in a text; `undefined` if the query is no regular expression. */
export function pattern({ text, regex, matchCase }: Query): RegExp | undefined {
  try {
    return new RegExp(regex ? text : text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), matchCase ? 'g' : 'gi');
  } catch {
    // Half-typed.
    return undefined;
  }
}
