import { useEffect, useRef, useState } from 'preact/hooks';
import type { Problem } from '../../../src/api/repository.ts';
import { runSearch, type RunSearch } from '../../../src/api/search.ts';
import { readNdjson } from '../../api/ndjson.ts';

export type Found = NonNullable<RunSearch['found']>;

/** What a search has come to so far. */
export interface SearchState {
  found: readonly Found[];
  searched: number;
  of: number;
  phase: 'idle' | 'searching' | 'done' | 'stopped';
  problem: Problem | undefined;
}

const idle: SearchState = { found: [], searched: 0, of: 0, phase: 'idle', problem: undefined };

/**
 * Searches while it is there, and begins anew with another URL; what comes is shown once per frame, however fast it comes.
 * @param url `null` searches nothing.
 */
export function useRunSearch(url: string | null): SearchState & { stop: () => void } {
  const [state, setState] = useState(idle);
  const abort = useRef(new AbortController());
  useEffect(() => {
    abort.current = new AbortController();
    setState(url === null ? idle : { ...idle, phase: 'searching' });
    if (url !== null) search(url, abort.current.signal, setState);
    return () => abort.current.abort();
  }, [url]);
  const stop = (): void => {
    abort.current.abort();
    setState((old) => (old.phase === 'searching' ? { ...old, phase: 'stopped' } : old));
  };
  return { ...state, stop };
}

function search(url: string, signal: AbortSignal, show: (state: SearchState) => void): void {
  const all: Found[] = [];
  let state: SearchState = { ...idle, phase: 'searching' };
  let frame = 0;
  const update = (next: Partial<SearchState>): void => {
    if (signal.aborted) return;
    state = { ...state, ...next };
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => signal.aborted || show({ ...state, found: [...all] }));
  };
  void readNdjson(runSearch, url, signal, ({ found, searched, of, done, problem }) => {
    if (found !== undefined) all.push(found);
    update({ searched, of, ...(done === true ? { phase: 'done' } : {}), problem: problem === undefined ? undefined : { error: problem } });
  }).then((problem = state.problem) => update({ phase: 'done', problem }));
}
