import { mostLines, type LogLine, type LogLines } from '../../src/api/log.ts';
import { stateAfter } from '../../src/output/colored-text.ts';

/** A line that is here, and the colours in force where it begins. */
export interface StoredLine extends LogLine {
  state: string;
}

/** Ranges of the lines of one log, fetched when they are wanted and forgotten when they have not been for long. */
export interface LineStore {
  /** Lines that are known so far; 0 before the first answer. */
  total(): number;
  complete(): boolean;
  /** `undefined` if it is not here (yet). @param line from 1. */
  get(line: number): StoredLine | undefined;
  /** Fetches what is missing of these lines and those around them; what was wanted before and is not any more is given up. */
  want(lines: readonly number[]): void;
  /** Every line of a range, fetched if need be, without keeping it all. @throws what fetching does. */
  read(first: number, last: number, each: (line: LogLine) => void, signal?: AbortSignal): Promise<void>;
  /** The log has become longer, be it by a part of its last line, or is complete now. */
  grow(total: number, complete: boolean): void;
  close(): void;
}

/** Asks the server for a range of lines. */
export type FetchLines = (from: number, count: number, signal: AbortSignal) => Promise<LogLines>;

interface Chunk {
  lines: StoredLine[];
  characters: number;
  /** More may be known by now. */
  stale: boolean;
}

export interface StoreOptions {
  /** Lines of a chunk. */
  size?: number;
  /** Chunks, and characters in them, that are kept. */
  chunks?: number;
  characters?: number;
  /** Something is here that was not. */
  changed: () => void;
  failed: (error: unknown) => void;
}

/** A store with nothing in it. */
export function createLineStore(fetchLines: FetchLines, options: StoreOptions): LineStore {
  const held: Held = { fetchLines, options, size: options.size ?? 500, chunks: new Map(), pending: new Map(), wanted: new Set(), total: 0, complete: false, news: 0 };
  const get = (line: number): StoredLine | undefined => held.chunks.get(chunkOf(held, line))?.lines[(line - 1) % held.size];
  return {
    total: () => held.total,
    complete: () => held.complete,
    get,
    want: (lines) => want(held, lines),
    async read(first, last, each, signal = new AbortController().signal) {
      for (let line = first; line <= last; ) {
        const here = get(line);
        if (here !== undefined) {
          each(here);
          line += 1;
          continue;
        }
        const { lines } = await ask(held, line, Math.min(mostLines, last - line + 1), signal);
        if (lines.length === 0) return;
        lines.forEach(each);
        line += lines.length;
      }
    },
    grow(total, complete) {
      held.news += 1;
      const last = held.chunks.get(chunkOf(held, held.total));
      if (last !== undefined) last.stale = true;
      setTotal(held, total, complete);
      request(held);
      options.changed();
    },
    close() {
      for (const controller of held.pending.values()) controller.abort();
      held.pending.clear();
      held.chunks.clear();
    },
  };
}

interface Held {
  fetchLines: FetchLines;
  options: StoreOptions;
  size: number;
  /** By number from 0; the order is that of use, the latest last. */
  chunks: Map<number, Chunk>;
  pending: Map<number, AbortController>;
  /** Numbers of chunks. */
  wanted: ReadonlySet<number>;
  total: number;
  complete: boolean;
  /** How often the log has grown. */
  news: number;
}

const chunkOf = ({ size }: Held, line: number): number => Math.floor((line - 1) / size);

function want(held: Held, lines: readonly number[]): void {
  const most = held.complete ? held.total : Infinity;
  held.wanted = new Set(lines.map((line) => chunkOf(held, Math.max(1, Math.min(line, most)))));
  for (const [number, controller] of held.pending) {
    if (held.wanted.has(number)) continue;
    held.pending.delete(number);
    controller.abort();
  }
  for (const number of held.wanted) {
    const chunk = held.chunks.get(number);
    if (chunk === undefined) continue;
    held.chunks.delete(number);
    held.chunks.set(number, chunk);
  }
  request(held);
}

function request(held: Held): void {
  for (const number of held.wanted) {
    const chunk = held.chunks.get(number);
    if (!held.pending.has(number) && (chunk === undefined || chunk.stale)) void load(held, number);
  }
}

async function load(held: Held, number: number): Promise<void> {
  const { chunks, pending, options } = held;
  const controller = new AbortController();
  pending.set(number, controller);
  try {
    const chunk = await fetchChunk(held, number, controller.signal);
    chunks.delete(number);
    chunks.set(number, chunk);
    forget(held);
  } catch (error) {
    if (!controller.signal.aborted) options.failed(error);
    return;
  } finally {
    if (pending.get(number) === controller) pending.delete(number);
  }
  options.changed();
  request(held);
}

async function fetchChunk(held: Held, number: number, signal: AbortSignal): Promise<Chunk> {
  const { size, news } = held;
  const lines: StoredLine[] = [];
  let characters = 0;
  let known = 0;
  const first = number * size + 1;
  // An answer may hold less than was asked for when lines are long.
  for (let more = true; more && lines.length < size; ) {
    const answer = await ask(held, first + lines.length, size - lines.length, signal);
    let { state } = answer;
    known = answer.total;
    for (const line of answer.lines) {
      lines.push({ ...line, state });
      state = stateAfter(state, line.text);
      characters += line.text.length;
    }
    more = answer.lines.length > 0 && first + lines.length <= answer.total;
  }
  // The log may have grown since the last answer, and its last line since the first.
  const isLast = first + lines.length > held.total;
  return { lines, characters, stale: isLast ? held.news > news : lines.length < size && held.total > known };
}

async function ask(held: Held, from: number, count: number, signal: AbortSignal): Promise<LogLines> {
  const answer = await held.fetchLines(from, count, signal);
  setTotal(held, answer.total, answer.complete);
  return answer;
}

function setTotal(held: Held, total: number, complete: boolean): void {
  if (total < held.total || held.complete) return;
  // The last line may have been half of one, and whatever was asked for behind it was not there yet.
  const last = chunkOf(held, Math.max(held.total, 1));
  for (const [number, chunk] of held.chunks) if (number >= last && (total > held.total || complete)) chunk.stale = true;
  held.total = total;
  held.complete = complete;
}

function forget({ chunks, wanted, options }: Held): void {
  const { chunks: mostChunks = 24, characters: mostCharacters = 8_000_000 } = options;
  let characters = [...chunks.values()].reduce((sum, chunk) => sum + chunk.characters, 0);
  for (const [number, chunk] of chunks) {
    if (chunks.size <= mostChunks && characters <= mostCharacters) return;
    if (wanted.has(number)) continue;
    chunks.delete(number);
    characters -= chunk.characters;
  }
}
