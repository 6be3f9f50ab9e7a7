import type { Context } from 'hono';
import { stream } from 'hono/streaming';
import { check, type Shape } from '../../api/check.ts';
import { HttpProblem, problemOf } from './problems.ts';
import { JciError } from '../../base/errors.ts';

/** Writes one value; waits while the client is slow. */
export type Send<T> = (value: T) => Promise<void>;

export interface NdjsonOptions<T> {
  /** `signal` comes when the client is gone. */
  write: (send: Send<T>, signal: AbortSignal) => Promise<void>;
  /** Ends it, too. */
  closing: AbortSignal;
  /** Told of what should not happen. */
  onBug: (error: unknown) => void;
  /** The last value after an error, with what is said about it. */
  failed: (problem: string) => T;
}

/** An answer of newline-delimited JSON, as it comes. */
export function ndjson<T>(c: Context, shape: Shape<T>, { write, closing, onBug, failed }: NdjsonOptions<T>): Response {
  const response = stream(c, async (out) => {
    const gone = new AbortController();
    out.onAbort(() => gone.abort());
    const ending = AbortSignal.any([c.req.raw.signal, closing, gone.signal]);
    const send: Send<T> = async (value) => {
      if (!ending.aborted) await out.write(`${JSON.stringify(check(shape, value))}\n`);
    };
    try {
      await write(send, ending);
    } catch (error) {
      if (ending.aborted) return;
      if (!(error instanceof JciError || error instanceof HttpProblem)) onBug(error);
      await send(failed(problemOf(error).problem.error));
    }
  }, (error) => {
    onBug(error);
    return Promise.resolve();
  });
  response.headers.set('Content-Type', 'application/x-ndjson; charset=utf-8');
  response.headers.set('Cache-Control', 'no-store');
  return response;
}
