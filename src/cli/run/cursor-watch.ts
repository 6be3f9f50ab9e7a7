/** Follows where output leaves the cursor of a terminal. */
export interface CursorWatch {
  note(bytes: Buffer): void;
  /** False if what was written may stand in the line of the cursor, or below it. */
  isOnFreeLine(): boolean;
}

const lineFeed = 10;
const escape = 0x1b;

/** What is more than colour, or erases more than the rest of a line: from then on the cursor may stand anywhere. */
const movement = /\x1b(?!$|\[[\d;:]*(?:[mK]|$))/;
/** A sequence that the next bytes may turn into one. */
const unfinished = /\x1b(?:\[[\d;:]{0,32})?$/;

export function createCursorWatch(): CursorWatch {
  let isOnFreeLine = true;
  let hasMoved = false;
  let sequence = '';
  return {
    note(bytes) {
      if (hasMoved || bytes.length === 0) return;
      if (sequence !== '' || bytes.includes(escape)) {
        const text = sequence + bytes.toString('latin1');
        hasMoved = movement.test(text);
        sequence = unfinished.exec(text)?.[0] ?? '';
      }
      isOnFreeLine = !hasMoved && bytes.at(-1) === lineFeed;
    },
    isOnFreeLine: () => isOnFreeLine,
  };
}
