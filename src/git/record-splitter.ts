/** Takes apart what git writes. */
export interface RecordSplitter {
  /** @returns the records that end in this chunk. */
  take(chunk: Buffer): string[];
  /** The beginning of a record that has no end yet. */
  rest(): string;
}

/**
 * Splits UTF-8 in any chunks into records that end with `separator`, each cut at `limit` UTF-16 units where there may be
 * names or subjects in them: whoever makes a commit gives it one of any length.
 */
export function createRecordSplitter(separator: string, limit = Number.POSITIVE_INFINITY): RecordSplitter {
  const decoder = new TextDecoder();
  let rest = '';
  return {
    take(chunk) {
      const records = (rest + decoder.decode(chunk, { stream: true })).split(separator).map((record) => record.slice(0, limit));
      rest = records.pop() ?? '';
      return records;
    },
    rest: () => rest,
  };
}
