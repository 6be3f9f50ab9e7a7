/** `<unix seconds>-<4 lower-case hex>`; unique per commit. */
export type RunId = string;

const pattern = /^(\d{1,12})-([0-9a-f]{4})$/;

/** How many ids one millisecond has: 1000 x 65 is what four hex digits hold. */
const idsPerMs = 65;

/**
 * Builds a run id: the hex digits say the millisecond first and then chance, so that ids of one second still tell which
 * run is the latest.
 * @param nowMs the start of the run, in ms since the epoch.
 * @param chance from 0 up to 1.
 */
export function makeRunId(nowMs: number, chance: number): RunId {
  const digits = (nowMs % 1000) * idsPerMs + Math.floor(chance * idsPerMs);
  return `${Math.floor(nowMs / 1000)}-${digits.toString(16).padStart(4, '0')}`;
}

export const isRunId = (text: string): boolean => pattern.test(text);

/** True for text that can only be the beginning of a run id: at least one digit of the seconds. */
export const isRunIdPrefix = (text: string): boolean => /^\d{1,12}(?:-[0-9a-f]{0,4})?$/.test(text);

/** The start of the run in unix seconds, as far as the id tells. */
export const runIdSeconds = (id: RunId): number => Number(id.slice(0, id.indexOf('-')));

/** When the run was asked for, to the second, as its id tells: `2026-11-21T05:07:27Z`. It may have waited before it started. */
export const requestedAt = (id: RunId): string => new Date(runIdSeconds(id) * 1000).toISOString().replace('.000Z', 'Z');

/** Orders run ids newest first. Ids made elsewhere may have four random digits: of one second, their order is arbitrary. */
export function compareNewestFirst(a: RunId, b: RunId): number {
  const asText = a < b ? 1 : a > b ? -1 : 0;
  // Of the same length (for the next two centuries) the order of the text is that of the numbers, and twenty times cheaper.
  return a.length === b.length ? asText : runIdSeconds(b) - runIdSeconds(a) || asText;
}
