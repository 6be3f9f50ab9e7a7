import { signal, type ReadonlySignal } from '@preact/signals';
import * as v from 'valibot';
import { logSearch, type LogSearch } from '../../src/api/log.ts';
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
  /** Why it ended before the log did: there may be more hits. */
  problem?: string;
}

export interface Search {
  found: ReadonlySignal<Found | undefined>;
  /** Gives up what was looked for before. An empty text finds nothing. @param delayMs to wait for what else is typed. */
  start(query: Query, delayMs: number): void;
  /** Waits no more. @returns whether it did. */
  hurry(): boolean;
  stop(): void;
}

/** Looks through the whole of a log, at the server. @param base where the routes of the log begin. */
export function createSearch(base: string): Search {
  const found = signal<Found | undefined>(undefined);
  let abort = new AbortController();
  let timer = 0;
  let waiting: Query | undefined;

  function begin(): void {
    const query = waiting;
    waiting = undefined;
    clearTimeout(timer);
    abort.abort();
    found.value = undefined;
    if (query === undefined || query.text === '') return;
    abort = new AbortController();
    void run(base, query, abort.signal, (now) => (found.value = now));
  }

  return {
    found,
    start(query, delayMs) {
      clearTimeout(timer);
      waiting = query;
      if (delayMs === 0) begin();
      else timer = window.setTimeout(begin, delayMs);
    },
    hurry() {
      if (waiting === undefined) return false;
      begin();
      return true;
    },
    stop() {
      waiting = undefined;
      begin();
    },
  };
}

async function run(base: string, query: Query, signal: AbortSignal, tell: (found: Found) => void): Promise<void> {
  const lines: number[] = [];
  let count = 0;
  const url = `${base}/search?${new URLSearchParams({ q: query.text, regex: flag(query.regex), case: flag(query.matchCase) }).toString()}`;
  tell({ query, lines, count, done: false });
  const broken = await readNdjson(quickSchema, url, signal, ({ hits = [], done = false, problem, ...part }) => {
    if (signal.aborted) return;
    for (const { line } of hits) lines.push(line);
    ({ count } = part);
    tell({ query, lines, count, done, ...(problem === undefined ? {} : { problem }) });
  });
  if (!signal.aborted && broken !== undefined) tell({ query, lines, count, done: true, problem: broken.error });
}

const flag = (on: boolean): string => (on ? '1' : '0');

/** As in the contract, but for what is said of a hundred thousand hits: looking at each with a schema would stop the page. */
const quickSchema = v.object({
  ...logSearch.entries,
  hits: v.exactOptional(v.custom<NonNullable<LogSearch['hits']>>((hits) => Array.isArray(hits) && hits.every((hit: { line?: unknown } | null) => typeof hit?.line === 'number'))),
});

/** What fits a query in a text; `undefined` if that is nothing, or the query is no regular expression. */
export function pattern({ text, regex, matchCase }: Query): RegExp | undefined {
  try {
    return text === '' ? undefined : new RegExp(regex ? text : text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), matchCase ? 'g' : 'gi');
  } catch {
    // Half-typed: the server says what is wrong with it, unless it only means nothing to this browser.
    return undefined;
  }
}
