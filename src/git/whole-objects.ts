import { parseHeader, type ObjectHeader } from './batch-parser.ts';

/** A small object, whole. */
export interface GitObject extends ObjectHeader {
  body: Buffer;
}

/**
 * Bytes beyond which an object is not read whole: results come from other people, and one of 600 MB would take all memory,
 * or not fit into a string. Nothing of ours comes near: a message is a few lines, and what a file lists is limited.
 */
export const wholeObjectLimits: Readonly<Record<ObjectHeader['type'], number>> = {
  commit: 1024 * 1024,
  tree: 16 * 1024 * 1024,
  blob: 16 * 1024 * 1024,
  tag: 1024 * 1024,
};

type OnObject = (object: GitObject | undefined, tooBig: ObjectHeader | undefined) => void;

/**
 * Reads the answers of `git cat-file --batch` from a stream in any chunks, an object at a time and without a pause: a
 * listing of all runs has tens of thousands of them, and each `await` would cost more than the object.
 * @param onObject `undefined` when there is no such object, or when it is `tooBig`: then its bytes are dropped as they come.
 */
export function createObjectReader(onObject: OnObject): (chunk: Buffer) => void {
  let waiting: Buffer[] = [];
  let size = 0;
  /** How many bytes there must be before it can go on: a big object is not put together anew with each chunk. */
  let needed = 0;
  /** Bytes still to come of an object that is too big. */
  let dropped = 0;
  return (next) => {
    const chunk = next.subarray(dropped);
    dropped -= next.length - chunk.length;
    if (chunk.length === 0) return;
    size += chunk.length;
    // A copy, since Node uses its buffers again.
    if (size < needed) {
      waiting.push(Buffer.from(chunk));
      return;
    }
    const bytes = Buffer.concat([...waiting, chunk]);
    const { end, more } = readAnswers(bytes, onObject);
    waiting = [Buffer.from(bytes.subarray(end))];
    size = Math.max(0, bytes.length - end);
    dropped = Math.max(0, end - bytes.length);
    needed = size + more;
  };
}

/**
 * @returns where the first answer begins that is not all there (behind the end of the bytes, if one before it is dropped),
 * and how many bytes of it are missing at least.
 */
function readAnswers(bytes: Buffer, onObject: OnObject): { end: number; more: number } {
  for (let start = 0; ; ) {
    const lineEnd = bytes.indexOf(10, start);
    if (lineEnd < 0) return { end: start, more: 1 };
    const header = parseHeader(bytes.toString('latin1', start, lineEnd));
    const bodyEnd = lineEnd + 1 + (header?.size ?? 0);
    // Behind a body comes a line feed.
    const answerEnd = header === undefined ? bodyEnd : bodyEnd + 1;
    const isTooBig = header !== undefined && header.size > wholeObjectLimits[header.type];
    if (!isTooBig && answerEnd > bytes.length) return { end: start, more: answerEnd - bytes.length };
    if (header === undefined || isTooBig) onObject(undefined, header);
    else onObject({ ...header, body: bytes.subarray(lineEnd + 1, bodyEnd) }, undefined);
    start = answerEnd;
  }
}
