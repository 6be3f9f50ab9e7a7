import type { EventHub, SentEvent } from './event-hub.ts';

/** A server-sent event as it goes over the wire; the data has no line breaks. */
const eventText = ({ id, event, data }: SentEvent): string => `id: ${id}\nevent: ${event}\ndata: ${data}\n\n`;

/** Lines that begin with a colon are for nobody: they keep connections open, and tell the server that nobody listens any more. */
const keepAlive = ': still here\n\n';
const keepAliveMs = 15_000;

/** Events that wait for a slow reader. Then the connection ends: it asks again with the last one it has. */
const mostWaiting = 200;

/**
 * The events of a hub as the body of a response, until the reader leaves or `closing` fires.
 * @param lastId as the client said it.
 */
export function eventStream(hub: EventHub, lastId: string | undefined, closing: AbortSignal): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let leave = (): void => undefined;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let isOver = false;
        const end = (): void => {
          if (isOver) return;
          isOver = true;
          leave();
          controller.close();
        };
        const send = (text: string): void => {
          if (isOver) return;
          if ((controller.desiredSize ?? 0) <= 0) end();
          else controller.enqueue(encoder.encode(text));
        };
        const unsubscribe = hub.subscribe((event) => send(eventText(event)), lastId);
        const timer = setInterval(() => send(keepAlive), keepAliveMs);
        leave = () => {
          unsubscribe();
          clearInterval(timer);
          closing.removeEventListener('abort', end);
        };
        closing.addEventListener('abort', end);
        // The head of a response may wait for its first bytes.
        send(': hello\n\n');
        if (closing.aborted) end();
      },
      cancel: () => leave(),
    },
    { highWaterMark: mostWaiting },
  );
}
