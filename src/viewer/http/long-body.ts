import type { Context } from 'hono';
import { JciError } from '../../base/errors.ts';
import { HttpProblem } from './problems.ts';

/** What the server that listens hands in with a request. */
export interface Connection {
  /** Ends the connection: the client sees that something is missing. */
  cut(): void;
}

/**
 * A body that fails half-way, when its status has long been sent. The connection is cut: left to itself, the server would write the error behind
 * what was sent, as if it belonged to it, and a stack into the terminal.
 * @param onBug is not told of readers that are gone or too slow.
 */
export function longBody(c: Context, body: ReadableStream<Uint8Array>, onBug: (error: unknown) => void): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const state = { isLeft: false };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (state.isLeft) return;
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          if (state.isLeft) return;
          if (!(error instanceof HttpProblem)) onBug(error instanceof JciError ? error.message : error);
          const connection = connectionOf(c);
          if (connection === undefined) throw error;
          connection.cut();
        }
      },
      cancel(reason) {
        state.isLeft = true;
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

function connectionOf(c: Context): Connection | undefined {
  const { connection } = (c.env ?? {}) as { connection?: Connection };
  return connection;
}
