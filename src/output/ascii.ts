/** The byte that ends a line. */
export const lineFeed = 10;

/** True for the bytes of white space other than the line feed. */
export const isBlank = (byte: number | undefined): boolean =>
  byte === 32 || byte === 9 || byte === 11 || byte === 12 || byte === 13;
