const blockBytes = 256 * 1024;

/**
 * Contents that wait in memory, as copies in a few large blocks: ten thousand Buffers of their own cost more than what
 * they hold.
 */
export interface HeldBlobs {
  /** Keeps a copy. */
  keep(content: Uint8Array): void;
  /** How many bytes are kept. */
  size(): number;
  /** Gives each of them once, in the order they came, and lets go of what was given. */
  take(): Iterable<Uint8Array>;
}

interface Block {
  readonly bytes: Uint8Array;
  readonly lengths: number[];
  used: number;
}

export function createHeldBlobs(): HeldBlobs {
  const blocks: Block[] = [];
  let total = 0;
  return {
    keep(content) {
      const block = blockFor(blocks, content.length);
      block.bytes.set(content, block.used);
      block.used += content.length;
      block.lengths.push(content.length);
      total += content.length;
    },
    size: () => total,
    *take() {
      for (let block = blocks.shift(); block !== undefined; block = blocks.shift()) yield* contentsOf(block);
    },
  };
}

function blockFor(blocks: Block[], length: number): Block {
  const last = blocks.at(-1);
  if (last !== undefined && last.used + length <= last.bytes.length) return last;
  const block = { bytes: Buffer.allocUnsafeSlow(Math.max(blockBytes, length)), lengths: [], used: 0 };
  blocks.push(block);
  return block;
}

function* contentsOf({ bytes, lengths }: Block): Iterable<Uint8Array> {
  let at = 0;
  for (const length of lengths) yield bytes.subarray(at, (at += length));
}
