import type { Context } from 'hono';
import type { Shape } from '../../api/check.ts';
import { ndjson, type Send } from '../http/ndjson.ts';
import type { ViewerParts } from '../parts.ts';
import { createMatcher, type Matcher } from './search-matcher.ts';
import type { SearchQuery } from './search-query.ts';
import type { SearchSlots } from './search-slots.ts';

/** A search whose answer is told as it is found. */
export interface AnsweredSearch<Found> {
  query: SearchQuery;
  slots: SearchSlots;
  /** What is told if it fails before anything was found. */
  nothing: Found;
  /** How far it has come: what was said last, without what was found. */
  progressIn(found: Found): Found;
  /** @returns its last word. */
  search(matcher: Matcher, tell: Send<Found>, signal: AbortSignal): Promise<Found>;
}

/** Searches as soon as there is a place, and gives it back whatever happens. Whose client has left by then is not begun. */
export function answerSearch<Found extends object>(
  c: Context,
  shape: Shape<Found>,
  { closing, onBug }: Pick<ViewerParts, 'closing' | 'onBug'>,
  { query, slots, nothing, progressIn, search }: AnsweredSearch<Found>,
): Response {
  let known = nothing;
  return ndjson<Found>(c, shape, {
    closing,
    onBug,
    failed: (problem) => ({ ...known, done: true, problem }),
    async write(send, signal) {
      const slot = await slots.enter(signal);
      if (slot === undefined) return;
      let matcher: Matcher | undefined;
      try {
        matcher = createMatcher(query);
        const tell: Send<Found> = (found) => {
          known = progressIn(found);
          return slot.untilTaken(send(found));
        };
        const last = await search(matcher, tell, signal);
        await slot.untilTaken(send({ ...last, done: true }));
      } finally {
        matcher?.close();
        slot.leave();
      }
    },
  });
}
