import { isBlank, lineFeed } from './ascii.ts';

const marker = Buffer.from('::add-mask::');

/** A part of the stream: ordinary text, or what stands behind `::add-mask::`, without the line feed. */
export interface StreamPart {
  kind: 'text' | 'value';
  bytes: Buffer;
}

/**
 * Finds the values of `::add-mask::` lines in a stream, whatever its chunk borders.
 *
 * The function returned takes the next chunk and gives its parts, in order, none of them empty and all of them views
 * of the chunk. A value goes on over several calls until a part of kind `text` comes. White space may stand before
 * the marker. Nothing is held back, and a chunk without a marker costs one search.
 */
export function createMaskLineSplitter(): (chunk: Buffer) => StreamPart[] {
  let progress: MarkerProgress = 0;
  let insideValue = false;
  return (chunk) => {
    const parts: StreamPart[] = [];
    let rest = chunk;
    while (rest.length > 0) {
      const end = insideValue ? rest.indexOf(lineFeed) : markerEnd(rest, progress);
      const bytes = end === -1 ? rest : rest.subarray(0, end);
      if (bytes.length > 0) parts.push({ kind: insideValue ? 'value' : 'text', bytes });
      if (end === -1 && !insideValue) progress = progressAfter(rest, progress);
      if (end !== -1) {
        insideValue = !insideValue;
        progress = undefined;
      }
      rest = rest.subarray(bytes.length);
    }
    return parts;
  };
}

/**
 * How much of the marker the current line has so far: 0 at its start or after nothing but white space, `undefined`
 * when it is an ordinary line.
 */
type MarkerProgress = number | undefined;

/** The offset behind the first marker at the start of a line; -1 if there is none. */
function markerEnd(text: Buffer, before: MarkerProgress): number {
  if (before !== undefined && before > 0 && startsWith(text, 0, marker.subarray(before))) return marker.length - before;
  for (let at = text.indexOf(marker); at !== -1; at = text.indexOf(marker, at + 1)) {
    if (isLineStart(text, at, before)) return at + marker.length;
  }
  return -1;
}

function isLineStart(text: Buffer, offset: number, before: MarkerProgress): boolean {
  let at = offset - 1;
  while (at >= 0 && isBlank(text[at])) at -= 1;
  return at < 0 ? before === 0 : text[at] === lineFeed;
}

/** The progress after `text`, which holds no marker at the start of a line. */
function progressAfter(text: Buffer, before: MarkerProgress): MarkerProgress {
  const lineStart = text.lastIndexOf(lineFeed) + 1;
  const progress = lineStart === 0 ? before : 0;
  if (progress === undefined) return undefined;
  let at = lineStart;
  if (progress === 0) while (at < text.length && isBlank(text[at])) at += 1;
  const rest = text.length - at;
  if (rest >= marker.length - progress) return undefined;
  return startsWith(text, at, marker.subarray(progress, progress + rest)) ? progress + rest : undefined;
}

/** False too when `text` is too short. */
const startsWith = (text: Buffer, at: number, expected: Buffer): boolean =>
  text.subarray(at, at + expected.length).equals(expected);
