import { navigate } from 'wouter-preact/use-browser-location';
import type { TestCase } from '../../../src/model/test-case.ts';

/** The way to the history of a test. Not the router's own link: each of those listens for changes of the address, and a list has thousands. */
export function HistoryLink({ test: { suite, name } }: { test: Pick<TestCase, 'suite' | 'name'> }) {
  const href = `/tests?suite=${encodeURIComponent(suite)}&name=${encodeURIComponent(name)}`;
  return <a href={href} aria-label={`History of ${name}`} onClick={visit}>history</a>;
}

function visit(event: MouseEvent & { currentTarget: HTMLAnchorElement }): void {
  // With a key it is for another tab or window: the browser's business.
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  navigate(event.currentTarget.getAttribute('href') ?? '/');
}
