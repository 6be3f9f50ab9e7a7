import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type * as v from 'valibot';
import type { Problem } from '../../src/api/repository.ts';
import { fetchJson } from '../api/fetch-json.ts';
import { takeFirst } from '../api/first-answers.ts';

/** A part of a list, and where the next one begins: `null` at the end. */
export interface Part<T> {
  items: T[];
  next: string | null;
}

/** Where a list comes from. */
export interface Source<S extends v.GenericSchema, T> {
  schema: S;
  /** @param from empty for the first part. */
  url: (from: string) => string;
  part: (answer: v.InferOutput<S>, from: string) => Part<T>;
  /** What is known, with a newer first part. */
  merge: (known: readonly T[], first: readonly T[]) => T[];
}

interface State<T> {
  items: readonly T[];
  next: string | null;
  problem: Problem | undefined;
  loading: boolean;
}

export interface Endless<T> extends State<T> {
  /** Asks for the next part, if there is one and none is on its way. */
  more: () => void;
}

/**
 * A list that is asked for part by part, and begins anew when the URL of its first part changes.
 * @param key when it changes the first part is asked for again, and merged into what is known.
 */
export function useEndless<S extends v.GenericSchema, T>(source: Source<S, T>, key: unknown): Endless<T> {
  const url = source.url('');
  const [state, setState] = useState<State<T>>(() => firstState(source));
  const abort = useRef(new AbortController());
  const busy = useRef(false);

  const ask = useCallback(
    (from: string, use: (old: State<T>, part: Part<T>) => Part<T>) => {
      const { signal } = abort.current;
      busy.current = true;
      setState((old) => ({ ...old, loading: true }));
      fetchJson(source.schema, source.url(from), { signal }).then(
        ({ data, problem }) => {
          if (signal.aborted) return;
          busy.current = false;
          setState((old) => ({ ...old, ...(data === undefined ? {} : use(old, source.part(data, from))), problem, loading: false }));
        },
        () => {
          // Aborted: another list is asked for.
        },
      );
    },
    [url],
  );

  // What came with the page need not be asked for.
  const has = useRef(state.loading ? '' : url);
  useEffect(() => {
    abort.current = new AbortController();
    if (has.current !== url) ask('', (_, part) => part);
    has.current = '';
    return () => abort.current.abort();
  }, [url]);

  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current) ask('', (old, part) => refreshed(old, part, source.merge));
    isFirst.current = false;
  }, [key]);

  const more = useCallback(() => {
    if (!busy.current && state.next !== null && state.problem === undefined) {
      ask(state.next, (old, part) => ({ items: [...old.items, ...part.items], next: part.next }));
    }
  }, [ask, state.next, state.problem]);

  return { ...state, more };
}

function firstState<S extends v.GenericSchema, T>({ schema, url, part }: Source<S, T>): State<T> {
  const answer = takeFirst(schema, url(''));
  const known = answer === undefined ? { items: [], next: null } : part(answer, '');
  return { ...known, problem: undefined, loading: answer === undefined };
}

/** Where the list goes on stays as it was, unless nothing of it is left but the first part. */
function refreshed<T>(old: State<T>, part: Part<T>, merge: (known: readonly T[], first: readonly T[]) => T[]): Part<T> {
  const items = merge(old.items, part.items);
  return { items, next: items.length === part.items.length ? part.next : old.next };
}
