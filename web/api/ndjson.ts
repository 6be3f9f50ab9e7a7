import * as v from 'valibot';
import type { Problem } from '../../src/api/repository.ts';
import { problemOf } from './fetch-json.ts';

/**
 * Reads newline-delimited JSON as it comes, and hands over each value.
 * @returns what went wrong, if something did; nothing after an abort.
 */
export async function readNdjson<S extends v.GenericSchema>(
  schema: S,
  url: string,
  signal: AbortSignal,
  take: (value: v.InferOutput<S>) => void,
): Promise<Problem | undefined> {
  try {
    const response = await fetch(url, { signal });
    if (!response.ok) return await problemOf(response);
    for await (const line of linesOf(response)) take(v.parse(schema, JSON.parse(line)));
    return undefined;
  } catch {
    // A connection that ends, or what is no JSON: an abort is the caller's own wish.
    return signal.aborted ? undefined : { error: 'The answer broke off', hint: 'Is git jci web still running?' };
  }
}

/** Lines of a body that are not empty. */
export async function* linesOf(response: Response): AsyncGenerator<string> {
  if (response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + part.value).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line !== '');
  }
  if (rest !== '') yield rest;
}
