import { setImmediate } from 'node:timers/promises';
import { lineFeed } from '../../output/ascii.ts';
import { asError, nextChange, type OpenLog } from './open-log.ts';

/** Whole lines of a log, one behind the other; or a piece of a very long one. */
export interface SearchBlock {
  /** The number of its first line. */
  line: number;
  /** The number of its last line. */
  last: number;
  /** Without the last line feed. */
  bytes: Buffer;
}

/** Small enough that nobody waits for one to be looked at, large enough that hardly anything is done per block. */
const blockBytes = 256 * 1024;
/** A longer line is given in pieces, so that memory stays flat. */
const pieceBytes = 1024 * 1024;
/** What is looked for may lie across two pieces. */
const overlap = 1024;

/**
 * The blocks of a log from its beginning, as they become known, with a pause for others before each.
 * @param isLive true to go no further than what is known by now.
 * @throws what kept the log from being read, behind its last block.
 */
export async function* searchBlocks(log: OpenLog, isLive: boolean, signal: AbortSignal): AsyncGenerator<SearchBlock> {
  const limit = isLive ? log.index.bytes : Number.POSITIVE_INFINITY;
  for (let number = 0; !signal.aborted; ) {
    const next = endOfBlock(log, number);
    if (next === undefined && !log.complete && !isLive) {
      await nextChange(log, signal);
      continue;
    }
    yield* piecesOf(log, number, next, limit);
    const reached = next === undefined ? undefined : log.index.at(next);
    if (next === undefined || reached === undefined || reached.offset >= limit) break;
    number = next;
    await setImmediate();
  }
  if (log.failure !== undefined && !signal.aborted) throw asError(log.failure);
}

/** The checkpoint where a block ends that begins at another; `undefined` if that may be not known yet. */
function endOfBlock({ index }: OpenLog, number: number): number | undefined {
  const start = index.at(number);
  let next = number + 1;
  if (start === undefined || index.at(next) === undefined) return undefined;
  while ((index.at(next + 1)?.offset ?? Number.POSITIVE_INFINITY) - start.offset <= blockBytes) next += 1;
  return next;
}

function* piecesOf({ index, read }: OpenLog, number: number, next: number | undefined, limit: number): Generator<SearchBlock> {
  const start = index.at(number);
  const stop = next === undefined ? undefined : index.at(next);
  const end = Math.min(stop?.offset ?? index.bytes, limit);
  const last = stop === undefined ? index.total : stop.line - 1;
  if (start === undefined || start.offset >= end) return;
  for (let at = start.offset; at < end; at += pieceBytes) {
    // Of what is that long, all but the first piece is the last line: see `bytesApart`.
    const isFirst = at === start.offset;
    const from = isFirst ? at : at - overlap;
    const bytes = read(from, Math.min(at + pieceBytes, end) - from);
    yield { line: isFirst ? start.line : last, last, bytes: bytes.at(-1) === lineFeed ? bytes.subarray(0, -1) : bytes };
  }
}
