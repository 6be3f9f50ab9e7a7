const blockBytes = 256 * 1024;

/** Keeps copies of byte arrays in a few large blocks: ten thousand Buffers of their own cost more than what they hold. */
export interface Arena {
  /** Returns the copy. */
  keep(bytes: Uint8Array): Uint8Array;
  /** How many bytes are kept. */
  size(): number;
}

export function createArena(): Arena {
  let block = new Uint8Array(0);
  let used = 0;
  let total = 0;
  return {
    keep(bytes) {
      if (used + bytes.length > block.length) {
        block = new Uint8Array(Math.max(blockBytes, bytes.length));
        used = 0;
      }
      const copy = block.subarray(used, used + bytes.length);
      copy.set(bytes);
      used += bytes.length;
      total += bytes.length;
      return copy;
    },
    size: () => total,
  };
}
