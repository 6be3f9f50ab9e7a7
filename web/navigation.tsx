import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';

const here = (): string => location.pathname + location.search;

/** Path and query; who reads it in a component hears of changes. */
const address = signal('');

/** Begins to follow the address, also when the browser goes back: then to where the reader was. */
export function followAddress(): void {
  address.value = here();
  // Browsers go there before the view is drawn, and so to the top.
  history.scrollRestoration = 'manual';
  addEventListener('popstate', () => {
    address.value = here();
    returnToPlace();
  });
  addEventListener('pagehide', keepPlace);
  returnToPlace();
}

const keepPlace = (): void => history.replaceState({ top: scrollY }, '');

function returnToPlace(): void {
  const { top = 0 } = (history.state ?? {}) as { top?: number };
  requestAnimationFrame(() => scrollTo(0, top));
}

/** Goes to another view, or another state of this one, without loading the page again. */
export function navigate(to: string, { replace = false } = {}): void {
  const before = location.pathname;
  keepPlace();
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  address.value = here();
  if (location.pathname !== before) {
    scrollTo(0, 0);
    // A link that is gone has nobody's focus: the next Tab is in the new view.
    document.getElementById('main')?.focus({ preventScroll: true });
  } else if (location.hash !== '') document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

/** The path that is shown, and the way to others. */
export function useLocation(): [string, typeof navigate] {
  return [address.value.replace(/\?.*/, ''), navigate];
}

type Query = URLSearchParams | Record<string, string>;

/** The query of the address, and what changes it. */
export function useSearchParams(): [URLSearchParams, (next: Query | ((old: URLSearchParams) => Query), options?: { replace: boolean }) => void] {
  const search = address.value.replace(/^[^?]*/, '');
  const query = useMemo(() => new URLSearchParams(search), [search]);
  return [
    query,
    (next, options) => {
      const text = new URLSearchParams(typeof next === 'function' ? next(new URLSearchParams(location.search)) : next).toString();
      navigate(location.pathname + (text === '' ? '' : `?${text}`), options);
    },
  ];
}

interface LinkProps {
  href: string;
  children?: ComponentChildren;
  class?: string | undefined;
  title?: string | undefined;
  'aria-label'?: string;
  'aria-current'?: 'page' | undefined;
}

/** A link to another view. */
export function Link(props: LinkProps) {
  return <a {...props} onClick={visit} />;
}

function visit(event: MouseEvent & { currentTarget: HTMLAnchorElement }): void {
  // With a key it is for another tab or window: the browser's business.
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  navigate(event.currentTarget.getAttribute('href') ?? '/');
}
