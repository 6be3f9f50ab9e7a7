import { TextDecoder } from 'node:util';

/** UTF-16 units in a piece. */
const pieceLength = 8192;

/** Enough for a byte order mark and an XML declaration. */
const sniffBytes = 1024;

/**
 * Decodes bytes and yields the text in pieces of one fixed length (the last is shorter).
 *
 * Fixed, so that what is made of the text cannot depend on how the bytes happened to arrive.
 * @throws Error when the text declares an encoding that is not known.
 */
export async function* textPieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, void> {
  let pending = '';
  for await (const text of decoded(chunks)) {
    pending += text;
    for (; pending.length >= pieceLength; pending = pending.slice(pieceLength)) yield pending.slice(0, pieceLength);
  }
  if (pending !== '') yield pending;
}

async function* decoded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, void> {
  let decoder: TextDecoder | undefined;
  let head: Uint8Array = new Uint8Array(0);
  for await (const chunk of chunks) {
    if (decoder !== undefined) {
      yield decoder.decode(chunk, { stream: true });
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < sniffBytes) continue;
    decoder = decoderFor(head);
    yield decoder.decode(head, { stream: true });
  }
  if (decoder === undefined) yield decoderFor(head).decode(head);
  else yield decoder.decode();
}

/** The first bytes of a text as text; a character that the end cuts becomes U+FFFD. */
export function decodePrefix(prefix: Uint8Array): string {
  return decoderFor(prefix).decode(prefix);
}

function decoderFor(head: Uint8Array): TextDecoder {
  const label = sniffEncoding(head);
  try {
    return new TextDecoder(label);
  } catch (error) {
    // A RangeError: no such encoding.
    throw new Error(`the encoding '${label}' is not known`, { cause: error });
  }
}

/**
 * The encoding by byte order mark, by the zero bytes of UTF-16 XML, or by XML declaration; else UTF-8.
 *
 * A declaration of UTF-16 that can be read byte by byte is wrong (some writers declare what their strings were
 * in memory): that is UTF-8.
 */
function sniffEncoding(head: Uint8Array): string {
  const [a, b, c] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0x3c && b === 0) return 'utf-16le';
  if (a === 0 && b === 0x3c) return 'utf-16be';
  const start = Buffer.from(head.subarray(0, sniffBytes)).toString('latin1');
  const declared = /^\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([\w.:-]{1,40})["']/i.exec(start)?.[1];
  return declared === undefined || /^(?:utf-?16|ucs-?2|unicode)/i.test(declared) ? 'utf-8' : declared;
}

/** Splits text into lines without their ends, each cut at `limit` units; call with `''` at the end for the rest. */
export function createLineSplitter(limit: number): (piece: string) => string[] {
  let rest = '';
  return (piece) => {
    const lines = (rest + piece).split('\n');
    rest = (piece === '' ? '' : (lines.pop() ?? '')).slice(0, limit);
    if (piece === '' && lines.at(-1) === '') lines.pop();
    return lines.map((line) => line.slice(0, limit).replace(/\r$/, ''));
  };
}
