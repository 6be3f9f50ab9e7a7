/** A longer line is given in pieces, so that memory stays flat. */
const maxLineBytes = 1024 * 1024;

/**
 * Cuts a byte stream into lines.
 * @param onLine gets a line without its line feed, and its number from 1; returns `false` to stop.
 * @returns a taker of chunks, and `end` for a last line without a line feed.
 */
export function splitLines(onLine: (line: Buffer, number: number) => boolean): { take(chunk: Buffer): boolean; end(): boolean } {
  let rest: Buffer = Buffer.alloc(0);
  let number = 1;
  let going = true;
  const give = (line: Buffer): void => {
    going &&= onLine(line, number);
    number += 1;
  };
  return {
    take(chunk) {
      let text = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      for (let end = text.indexOf(10); end >= 0 && going; end = text.indexOf(10)) {
        give(text.subarray(0, end));
        text = text.subarray(end + 1);
      }
      if (text.length > maxLineBytes && going) {
        onLine(text, number);
        text = Buffer.alloc(0);
      }
      rest = Buffer.from(text);
      return going;
    },
    end() {
      if (rest.length > 0 && going) give(rest);
      return going;
    },
  };
}
