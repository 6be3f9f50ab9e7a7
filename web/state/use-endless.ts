import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Problem } from '../../src/api/repository.ts';
import type { Fetched } from '../api/fetch-json.ts';

/** A part of a list, and where the next one begins: `null` at the end. */
export interface Part<T> {
  items: T[];
  next: string | null;
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

type Load<T> = (from: string, signal: AbortSignal) => Promise<Fetched<Part<T>>>;

/**
 * A list that is asked for part by part, and begins anew when `url` changes; `null` asks nothing yet.
 * @param key when it changes the first part is asked for again, and merged into what is known.
 */
export function useEndless<T>(load: Load<T>, url: string | null, key: unknown, merge: (known: readonly T[], first: readonly T[]) => T[]): Endless<T> {
  const [state, setState] = useState<State<T>>({ items: [], next: null, problem: undefined, loading: true });
  const abort = useRef(new AbortController());
  const busy = useRef(false);

  const ask = useCallback(
    (from: string, use: (old: State<T>, part: Part<T>) => Pick<State<T>, 'items' | 'next'>) => {
      const { signal } = abort.current;
      busy.current = true;
      setState((old) => ({ ...old, loading: true }));
      load(from, signal).then(
        ({ data, problem }) => {
          if (signal.aborted) return;
          busy.current = false;
          setState((old) => ({ ...old, ...(data === undefined ? {} : use(old, data)), problem, loading: false }));
        },
        () => {
          // Aborted: another list is asked for.
        },
      );
    },
    [url],
  );

  useEffect(() => {
    if (url === null) return;
    abort.current = new AbortController();
    ask('', (_, part) => part);
    return () => abort.current.abort();
  }, [url]);

  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current && url !== null) ask('', (old, part) => refreshed(old, part, merge));
    isFirst.current = false;
  }, [key]);

  const more = useCallback(() => {
    if (!busy.current && state.next !== null && state.problem === undefined) {
      ask(state.next, (old, part) => ({ items: [...old.items, ...part.items], next: part.next }));
    }
  }, [ask, state.next, state.problem]);

  return { ...state, more };
}

/** Where the list goes on stays as it was, unless nothing of it is left but the first part. */
function refreshed<T>(old: State<T>, part: Part<T>, merge: (known: readonly T[], first: readonly T[]) => T[]): Pick<State<T>, 'items' | 'next'> {
  const items = merge(old.items, part.items);
  return { items, next: items.length === part.items.length ? part.next : old.next };
}
