import { useSearchParams } from '../navigation.tsx';

/** The filters in the address: those that are empty are not in it. */
export function useQuery(): [URLSearchParams, (name: string, value: string) => void] {
  const [query, setQuery] = useSearchParams();
  const set = (name: string, value: string): void => setQuery((old) => withValue(old, name, value), { replace: true });
  return [query, set];
}

/** A copy of a query with one value changed, or gone if it is empty. */
export function withValue(query: URLSearchParams, name: string, value: string): URLSearchParams {
  const next = new URLSearchParams(query);
  if (value === '') next.delete(name);
  else next.set(name, value);
  return next;
}

/** Only these parts of a query, in this order: what two views have in common must not make them ask anew. */
export function pick(query: URLSearchParams, names: readonly string[]): string {
  return names.reduce((picked, name) => withValue(picked, name, query.get(name) ?? ''), new URLSearchParams()).toString();
}
