import * as v from 'valibot';
import { logGrown, type LogGrown } from '../../src/api/log.ts';

const againAfterMs = 2000;

/** Hears of new lines of a log until it is complete, at most once per frame. @returns what ends that. */
export function listenForLines(url: string, take: (grown: LogGrown) => void): () => void {
  let source: EventSource | undefined;
  let latest: LogGrown | undefined;
  let frame = 0;
  let again = 0;
  let wait = againAfterMs;

  function hand(): void {
    frame = 0;
    if (latest !== undefined) take(latest);
    latest = undefined;
  }

  function open(): void {
    source = new EventSource(url);
    source.addEventListener('grown', ({ data }: MessageEvent<string>) => {
      const parsed = v.safeParse(logGrown, JSON.parse(data));
      if (!parsed.success) return;
      wait = againAfterMs;
      latest = parsed.output;
      if (frame === 0) frame = requestAnimationFrame(hand);
      if (latest.complete) source?.close();
    });
    source.onerror = () => {
      if (source?.readyState !== EventSource.CLOSED) return;
      // Browsers try again by themselves, unless the answer was no stream of events: the run may be gone for good.
      again = window.setTimeout(open, wait);
      wait *= 2;
    };
  }

  open();
  return () => {
    source?.close();
    clearTimeout(again);
    cancelAnimationFrame(frame);
  };
}
