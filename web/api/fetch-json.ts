import { useEffect, useRef, useState } from 'preact/hooks';
import * as v from 'valibot';
import { tokenHeader } from '../../src/api/actions.ts';
import { problem as problemSchema, type Problem } from '../../src/api/repository.ts';
import { comebacks } from './events.ts';
import { takeFirst } from './first-answers.ts';

type Schema = v.GenericSchema;

/** What a request came to. */
export type Fetched<T> = { data: T; problem?: undefined } | { data?: undefined; problem: Problem };

/** What `useAnswer` knows at the moment; `data` may be older than `problem`. */
export interface Answer<T> {
  data: T | undefined;
  problem: Problem | undefined;
  loading: boolean;
}

/** @throws only what `signal` was aborted with: everything else is a problem. */
export async function fetchJson<S extends Schema>(schema: S, url: string, init: RequestInit = {}): Promise<Fetched<v.InferOutput<S>>> {
  try {
    const response = await fetch(url, init);
    if (!response.ok) return { problem: await problemOf(response) };
    const parsed = v.safeParse(schema, await response.json());
    if (parsed.success) return { data: parsed.output };
    return { problem: { error: `The answer of ${url} is not understood`, hint: 'Reload the page: git jci may have been updated.' } };
  } catch (error) {
    if (init.signal?.aborted === true) throw error;
    return { problem: { error: 'The server does not answer', hint: 'Is git jci web still running?' } };
  }
}

/** Asks for a change: with the token that only this page has. */
export function postJson<S extends Schema>(schema: S, url: string): Promise<Fetched<v.InferOutput<S>>> {
  const token = document.querySelector<HTMLMetaElement>('meta[name=jci-token]')?.content ?? '';
  return fetchJson(schema, url, { method: 'POST', headers: { [tokenHeader]: token } });
}

/** The reason in the body of a response that is no success. */
export async function problemOf(response: Response): Promise<Problem> {
  // A proxy's error page is no JSON.
  const parsed = v.safeParse(problemSchema, await response.json().catch(() => null));
  return parsed.success ? parsed.output : { error: `The server says ${response.status} ${response.statusText}` };
}

/**
 * The answer of a URL, asked for again when the URL or `key` changes; the old data stay until there are new ones.
 * @param url `null` asks nothing.
 */
export function useAnswer<S extends Schema>(schema: S, url: string | null, key?: unknown): Answer<v.InferOutput<S>> {
  const [answer, setAnswer] = useState<Answer<v.InferOutput<S>>>(() => {
    const data = url === null ? undefined : takeFirst(schema, url);
    return { data, problem: undefined, loading: url !== null && data === undefined };
  });
  // What came with the page need not be asked for.
  const has = useRef(answer.data === undefined ? null : url);
  useEffect(() => {
    const isHere = has.current === url;
    has.current = null;
    if (url === null || isHere) return;
    const abort = new AbortController();
    setAnswer((old) => ({ ...old, loading: true }));
    fetchJson(schema, url, { signal: abort.signal }).then(
      ({ data, problem }) => setAnswer((old) => ({ data: problem === undefined ? data : old.data, problem, loading: false })),
      () => {
        // Aborted: nobody waits for it any more.
      },
    );
    return () => abort.abort();
  }, [schema, url, key, comebacks.value]);
  return answer;
}
