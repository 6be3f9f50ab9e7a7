import { signal } from '@preact/signals';
import * as v from 'valibot';
import { logGrown, type LogGrown } from '../../src/api/log.ts';

const againAfterMs = 2000;

/** Another text whenever a step has begun or ended in the log, or something was pointed out, that is listened to. */
export const liveSteps = signal('');

/**
 * Hears of new lines of a log until it is complete, at most once per frame, and not while nobody sees the page: a browser has six connections for a server.
 * @returns what ends that.
 */
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
    close();
    if (document.hidden) return;
    source = new EventSource(url);
    source.addEventListener('grown', ({ data }: MessageEvent<string>) => {
      const parsed = v.safeParse(logGrown, JSON.parse(data));
      if (!parsed.success) return;
      wait = againAfterMs;
      latest = parsed.output;
      liveSteps.value = latest.steps;
      if (frame === 0) frame = requestAnimationFrame(hand);
      if (latest.complete) stop();
    });
    source.onerror = () => {
      if (source?.readyState !== EventSource.CLOSED) return;
      // Browsers try again by themselves, unless the answer was no stream of events: the run may be gone for good.
      again = window.setTimeout(open, wait);
      wait *= 2;
    };
  }

  function close(): void {
    source?.close();
    clearTimeout(again);
  }

  function stop(): void {
    close();
    document.removeEventListener('visibilitychange', open);
  }

  document.addEventListener('visibilitychange', open);
  open();
  return () => {
    stop();
    cancelAnimationFrame(frame);
  };
}
