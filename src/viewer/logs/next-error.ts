import { setImmediate } from 'node:timers/promises';
import { mayTellOfError, tellsOfError } from './error-words.ts';
import { whenKnown, type OpenLog } from './open-log.ts';
import { keepText } from '../../output/terminal-log.ts';
import { bytesApart } from './line-index.ts';
import { endBytes } from './raw-lines.ts';

/** How many blocks are looked at before others have their turn. */
const blocksAtOnce = 32;

/**
 * The nearest line that tells of an error, behind a line or before it; `null` if there is none.
 * @param isLive true to look only at what is known by now.
 */
export async function findError(log: OpenLog, from: number, back: boolean, isLive: boolean, signal: AbortSignal): Promise<number | null> {
  const step = back ? -1 : 1;
  if (back && !isLive) await whenKnown(log, from, signal);
  let number = log.index.find(Math.max(1, from));
  for (let looked = 1; !signal.aborted; looked += 1, number += step) {
    const isLast = log.index.at(number + 1) === undefined;
    if (!back && isLast && !isLive) await whenKnown(log, Math.max(log.index.total, from) + 1000, signal);
    const start = log.index.at(number);
    if (start === undefined) return null;
    const found = errorsOf(log, number).filter((line) => (back ? line < from : line > from));
    const nearest = back ? found.at(-1) : found[0];
    if (nearest !== undefined) return nearest;
    if (looked % blocksAtOnce === 0) await setImmediate();
  }
  return null;
}

function errorsOf(log: OpenLog, number: number): number[] {
  const start = log.index.at(number);
  if (start === undefined) return [];
  const end = log.index.at(number + 1)?.offset ?? log.index.bytes;
  const part = log.read(start.offset, Math.min(end - start.offset, bytesApart + endBytes));
  if (!mayTellOfError(part)) return [];
  return part.toString('utf8').split('\n').flatMap((line, at) => (tellsOfError(keepText(line.slice(0, 4096))) ? [start.line + at] : []));
}
