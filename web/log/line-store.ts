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
  /** Fetches what is missing of a range; what was wanted before and is not any more is given up. */
  want(first: number, last: number): void;
  /** Every line of a range, fetched if need be, without keeping it all. @throws what fetching does. */
  read(first: number, last: number, each: (line: LogLine) => void, signal?: AbortSignal): Promise<void>;
  /** The log has become longer, or is complete now. */
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
// eslint-disable-next-line max-lines-per-function -- one closure: its parts share the chunks
export function createLineStore(fetchLines: FetchLines, options: StoreOptions): LineStore {
  const { size = 500, chunks: mostChunks = 40, characters: mostCharacters = 16_000_000, changed, failed } = options;
  /** By number from 0; the order is that of use, the latest last. */
  const chunks = new Map<number, Chunk>();
  const pending = new Map<number, AbortController>();
  let wanted: readonly [number, number] = [0, -1];
  let total = 0;
  let complete = false;
  const chunkOf = (line: number): number => Math.floor((line - 1) / size);

  const ask = async (from: number, count: number, signal: AbortSignal): Promise<LogLines> => {
    const answer = await fetchLines(from, count, signal);
    setTotal(answer.total, answer.complete);
    return answer;
  };

  function setTotal(newTotal: number, nowComplete: boolean): void {
    if (newTotal < total || complete) return;
    // The last line may have been half of one, and whatever was asked for behind it was not there yet.
    for (const number of chunks.keys()) if (number >= chunkOf(Math.max(total, 1)) && (newTotal > total || nowComplete)) outdate(number);
    total = newTotal;
    complete = nowComplete;
  }

  function outdate(number: number): void {
    const chunk = chunks.get(number);
    if (chunk !== undefined) chunk.stale = true;
  }

  async function load(number: number): Promise<void> {
    const controller = new AbortController();
    pending.set(number, controller);
    try {
      const chunk = await fetchChunk(number, controller.signal);
      chunks.delete(number);
      chunks.set(number, chunk);
      forget();
    } catch (error) {
      if (!controller.signal.aborted) failed(error);
      return;
    } finally {
      if (pending.get(number) === controller) pending.delete(number);
    }
    changed();
    request();
  }

  async function fetchChunk(number: number, signal: AbortSignal): Promise<Chunk> {
    const lines: StoredLine[] = [];
    let characters = 0;
    let known = 0;
    const first = number * size + 1;
    // An answer may hold less than was asked for when lines are long.
    for (let more = true; more && lines.length < size; ) {
      const answer = await ask(first + lines.length, size - lines.length, signal);
      let { state } = answer;
      known = answer.total;
      for (const line of answer.lines) {
        lines.push({ ...line, state });
        state = stateAfter(state, line.text);
        characters += line.text.length;
      }
      more = answer.lines.length > 0 && first + lines.length <= answer.total;
    }
    // The log may have grown since the last answer.
    return { lines, characters, stale: lines.length < size && total > known };
  }

  function forget(): void {
    let characters = [...chunks.values()].reduce((sum, chunk) => sum + chunk.characters, 0);
    for (const [number, chunk] of chunks) {
      if (chunks.size <= mostChunks && characters <= mostCharacters) return;
      if (number >= wanted[0] && number <= wanted[1]) continue;
      chunks.delete(number);
      characters -= chunk.characters;
    }
  }

  function request(): void {
    for (let number = wanted[0]; number <= wanted[1]; number += 1) {
      const chunk = chunks.get(number);
      if (!pending.has(number) && (chunk === undefined || chunk.stale)) void load(number);
    }
  }

  return {
    total: () => total,
    complete: () => complete,
    get: (line) => chunks.get(chunkOf(line))?.lines[(line - 1) % size],
    want(first, last) {
      wanted = [chunkOf(Math.max(1, first)), chunkOf(Math.max(1, total === 0 ? last : Math.min(last, total)))];
      for (const [number, controller] of pending) {
        if (number < wanted[0] || number > wanted[1]) {
          pending.delete(number);
          controller.abort();
        }
      }
      for (let number = wanted[0]; number <= wanted[1]; number += 1) {
        const chunk = chunks.get(number);
        if (chunk !== undefined) {
          chunks.delete(number);
          chunks.set(number, chunk);
        }
      }
      request();
    },
    async read(first, last, each, signal = new AbortController().signal) {
      for (let line = first; line <= last; ) {
        const here = this.get(line);
        if (here !== undefined) {
          each(here);
          line += 1;
          continue;
        }
        const { lines } = await ask(line, Math.min(mostLines, last - line + 1), signal);
        if (lines.length === 0) return;
        lines.forEach(each);
        line += lines.length;
      }
    },
    grow(newTotal, nowComplete) {
      setTotal(newTotal, nowComplete);
      request();
      changed();
    },
    close() {
      for (const controller of pending.values()) controller.abort();
      pending.clear();
      chunks.clear();
    },
  };
}
