const blockBytes = 256 * 1024;

/** Bytes gathered in a few large blocks, because ten thousand small Buffers cost more than what they hold. */
export interface ByteBlocks {
  /** Copies the bytes: the caller may use its buffer again. */
  push(bytes: Uint8Array): void;
  /** How much there is. */
  size(): number;
  /** Everything, in order. */
  blocks(): Uint8Array[];
}

export function createByteBlocks(): ByteBlocks {
  const full: Uint8Array[] = [];
  let block = new Uint8Array(0);
  let used = 0;
  let total = 0;

  const startBlock = (atLeast: number): void => {
    if (used > 0) full.push(block.subarray(0, used));
    block = new Uint8Array(Math.max(blockBytes, atLeast));
    used = 0;
  };

  return {
    push(bytes) {
      if (used + bytes.length > block.length) startBlock(bytes.length);
      block.set(bytes, used);
      used += bytes.length;
      total += bytes.length;
    },
    size: () => total,
    blocks: () => [...full, block.subarray(0, used)],
  };
}
