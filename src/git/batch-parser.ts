import type { ObjectId } from '../model/object-id.ts';

export interface ObjectHeader {
  id: ObjectId;
  type: 'commit' | 'tree' | 'blob' | 'tag';
  size: number;
}

/** Receives the answer to each name asked, in order. A handler that returns a promise holds git back until it resolves. */
export interface ObjectSink {
  /** `undefined` when there is no such object: then neither `data` nor `end` follows. */
  begin(header: ObjectHeader | undefined): void | Promise<void>;
  /** A part of the body. Copy it to keep it. */
  data(chunk: Buffer): void | Promise<void>;
  end(): void | Promise<void>;
}

/** A header is an id, a type and a size; a missing name is repeated, and names can be long. */
const maxHeaderBytes = 64 * 1024;

/**
 * Reads the answers of `git cat-file --batch` from a stream in any chunks, without holding an object in memory.
 *
 * An answer is `<id> <type> <size>\n<body>\n`, or `<name> missing\n` / `<name> ambiguous\n`.
 */
export function createBatchParser(sink: ObjectSink): (chunk: Buffer) => Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  /** Bytes of the current body still to come; -1 between objects, 0 when only its line feed is missing. */
  let missing = -1;

  async function takeHeader(text: Buffer): Promise<Buffer | undefined> {
    const end = text.indexOf(10);
    if (end < 0) {
      if (text.length > maxHeaderBytes) throw new Error('git cat-file gave an answer that is no header');
      return undefined;
    }
    const header = parseHeader(text.toString('utf8', 0, end));
    await sink.begin(header);
    if (header !== undefined) missing = header.size;
    return text.subarray(end + 1);
  }

  async function takeBody(text: Buffer): Promise<Buffer> {
    const part = text.subarray(0, missing);
    missing -= part.length;
    if (part.length > 0) await sink.data(part);
    return text.subarray(part.length);
  }

  return async (chunk) => {
    let text = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (text.length > 0) {
      if (missing > 0) text = await takeBody(text);
      else if (missing === 0) {
        missing = -1;
        text = text.subarray(1);
        await sink.end();
      } else {
        const after = await takeHeader(text);
        if (after === undefined) break;
        text = after;
      }
    }
    rest = Buffer.from(text);
  };
}

/** Reads the first line of an answer; `undefined` if it says that there is no such object. */
export function parseHeader(line: string): ObjectHeader | undefined {
  const [, id, type, size] = /^([0-9a-f]{40,64}) (commit|tree|blob|tag) (\d+)$/.exec(line) ?? [];
  if (id === undefined || size === undefined) return undefined;
  return { id, type: type as ObjectHeader['type'], size: Number(size) };
}
