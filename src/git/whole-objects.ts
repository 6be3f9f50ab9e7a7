import { parseHeader, type ObjectHeader } from './batch-parser.ts';

/** A small object, whole. */
export interface GitObject extends ObjectHeader {
  body: Buffer;
}

/**
 * Reads the answers of `git cat-file --batch` from a stream in any chunks, an object at a time and without a pause: a
 * listing of all runs has tens of thousands of them, and each `await` would cost more than the object.
 * @param onObject `undefined` when there is no such object.
 */
export function createObjectReader(onObject: (object: GitObject | undefined) => void): (chunk: Buffer) => void {
  let waiting: Buffer[] = [];
  let size = 0;
  /** Bytes without which nothing more can be told: a big object is not put together anew with each chunk. */
  let needed = 0;
  return (chunk) => {
    size += chunk.length;
    // A copy, since Node uses its buffers again.
    if (size < needed) {
      waiting.push(Buffer.from(chunk));
      return;
    }
    const bytes = Buffer.concat([...waiting, chunk]);
    const { end, more } = readAnswers(bytes, onObject);
    waiting = [Buffer.from(bytes.subarray(end))];
    size = bytes.length - end;
    needed = size + more;
  };
}

/** @returns where the first answer begins that is not all there, and how many bytes of it are missing at least. */
function readAnswers(bytes: Buffer, onObject: (object: GitObject | undefined) => void): { end: number; more: number } {
  for (let start = 0; ; ) {
    const lineEnd = bytes.indexOf(10, start);
    if (lineEnd < 0) return { end: start, more: 1 };
    const header = parseHeader(bytes.toString('latin1', start, lineEnd));
    const bodyEnd = lineEnd + 1 + (header?.size ?? 0);
    // Behind a body comes a line feed.
    const answerEnd = header === undefined ? bodyEnd : bodyEnd + 1;
    if (answerEnd > bytes.length) return { end: start, more: answerEnd - bytes.length };
    onObject(header === undefined ? undefined : { ...header, body: bytes.subarray(lineEnd + 1, bodyEnd) });
    start = answerEnd;
  }
}
