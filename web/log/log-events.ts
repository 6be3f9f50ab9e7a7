import * as v from 'valibot';
import type { logGrown, LogGrown } from '../../src/api/log.ts';

const againAfterMs = 2000;

/** Hears of new lines of a log until it is complete and its run is stored, at most once per frame. @returns what ends that. */
export function listenForLines(url: string, schema: typeof logGrown, take: (grown: LogGrown) => void): () => void {
  let source: EventSource | undefined;
  let latest: LogGrown | undefined;
  let frame = 0;
  let again = 0;

  function hand(): void {
    frame = 0;
    if (latest !== undefined) take(latest);
    latest = undefined;
  }

  function open(): void {
    source = new EventSource(url);
    source.addEventListener('grown', ({ data }: MessageEvent<string>) => {
      const parsed = v.safeParse(schema, JSON.parse(data));
      if (!parsed.success) return;
      latest = parsed.output;
      if (frame === 0) frame = requestAnimationFrame(hand);
      if (latest.complete && latest.stored) source?.close();
    });
    source.onerror = () => {
      // Browsers try again by themselves, unless the answer was no stream of events.
      if (source?.readyState === EventSource.CLOSED) again = window.setTimeout(open, againAfterMs);
    };
  }

  open();
  return () => {
    source?.close();
    clearTimeout(again);
    cancelAnimationFrame(frame);
  };
}
