/** A longer line is given in pieces, so that memory stays flat. */
const maxLineBytes = 1024 * 1024;

/** Takes whole lines: all between two of them, but not the line feed of the last one. */
export interface LineBlocks {
  /** @returns false to stop. */
  take(chunk: Buffer): boolean;
  /** Gives a last line that has no line feed. */
  end(): void;
}

/**
 * Cuts a byte stream into blocks of whole lines, each of about the size of a chunk.
 *
 * Lines are not cut one by one, since of the millions of a log hardly any are looked for.
 * @param onBlock its buffer is good until it returns; `endsLine` is false for a piece of a line that goes on. Returns false to stop.
 */
export function createLineBlocks(onBlock: (block: Buffer, endsLine: boolean) => boolean): LineBlocks {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let going = true;

  function hold(piece: Buffer): void {
    if (piece.length > 0) held.push(Buffer.from(piece));
    heldBytes += piece.length;
  }

  function give(rest: Buffer, endsLine: boolean): void {
    const block = held.length === 0 ? rest : Buffer.concat([...held, rest]);
    held = [];
    heldBytes = 0;
    going &&= onBlock(block, endsLine);
  }

  return {
    take(chunk) {
      const end = chunk.lastIndexOf(10);
      if (end !== -1) give(chunk.subarray(0, end), true);
      hold(chunk.subarray(end + 1));
      if (heldBytes > maxLineBytes) give(Buffer.alloc(0), false);
      return going;
    },
    end() {
      if (heldBytes > 0) give(Buffer.alloc(0), true);
    },
  };
}
