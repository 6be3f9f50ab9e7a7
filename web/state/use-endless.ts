import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type * as v from 'valibot';
import type { Problem } from '../../src/api/repository.ts';
import { comebacks } from '../api/events.ts';
import { fetchJson } from '../api/fetch-json.ts';
import { takeFirst } from '../api/first-answers.ts';
import { appended, refreshed, type Known } from './list-parts.ts';

/** Where a list comes from. */
export interface Source<S extends v.GenericSchema, T> {
  schema: S;
  /** @param next as the part before has it; empty for the first part. @param count of the items that are known. */
  url: (next: string, count: number) => string;
  /** @param from as `next` was. */
  part: (answer: v.InferOutput<S>, from: string) => Known<T>;
  /** For a list that changes while it is read. */
  keyOf?: (item: T) => string;
}

/** What is known of the list with this URL. */
interface State<T> extends Known<T> {
  url: string;
  problem: Problem | undefined;
  loading: boolean;
}

export interface Endless<T> extends State<T> {
  /** Asks for the next part, if there is one and nothing is on its way. */
  more: () => void;
}

/** Lists as they were left, by the URL of their first part: who comes back finds them so. */
const left = new Map<string, Known<unknown>>();
const mostLeft = 10;

/**
 * A list that is asked for part by part, and begins anew when the URL of its first part changes.
 * @param key when it changes the first part is asked for again, and merged into what is known.
 */
export function useEndless<S extends v.GenericSchema, T>(source: Source<S, T>, key: unknown): Endless<T> {
  const url = source.url('', 0);
  const first = useRef(takeFirstPart(source, url));
  const [state, setState] = useState<State<T>>(() => ({ ...(first.current ?? leftOf(url)), url, problem: undefined, loading: first.current === undefined }));
  const latest = useRef(state);
  latest.current = state;
  const abort = useRef(new AbortController());

  /** Of two questions only the later one counts. */
  const ask = (from: string, count: number, use: (old: State<T>, part: Known<T>) => Known<T>): void => {
    abort.current.abort();
    const { signal } = (abort.current = new AbortController());
    setState((old) => ({ ...old, loading: true }));
    fetchJson(source.schema, source.url(from, count), { signal }).then(
      ({ data, problem }) => {
        if (!signal.aborted) setState((old) => ({ ...old, ...(data === undefined ? {} : use(old, source.part(data, from))), url, problem, loading: false }));
      },
      () => {
        // Aborted: something else is asked for.
      },
    );
  };

  useEffect(() => {
    // What came with the page need not be asked for.
    const isHere = first.current !== undefined;
    first.current = undefined;
    if (!isHere) ask('', 0, (old, part) => (old.url === url ? refreshed(old, part, source.keyOf) : part));
  }, [url, key, comebacks.value]);

  useEffect(
    () => () => {
      abort.current.abort();
      leave(latest.current);
    },
    [url],
  );

  const more = useCallback(() => {
    const { items, next, problem, loading } = latest.current;
    if (!loading && next !== null && problem === undefined) ask(next, items.length, (old, part) => appended(old, part, source.keyOf));
  }, [url, state.next, state.problem, state.loading]);

  return { ...state, more };
}

function takeFirstPart<S extends v.GenericSchema, T>({ schema, part }: Source<S, T>, url: string): Known<T> | undefined {
  const answer = takeFirst(schema, url);
  return answer === undefined ? undefined : part(answer, '');
}

const leftOf = <T>(url: string): Known<T> => (left.get(url) as Known<T> | undefined) ?? { items: [], next: null };

function leave({ url, items, next }: State<unknown>): void {
  left.delete(url);
  left.set(url, { items, next });
  for (const oldest of left.keys()) if (left.size > mostLeft) left.delete(oldest);
}
