import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { signs, type Verdict } from './verdict.ts';
import { repository } from '../state/info.ts';
import './parts.css';

/** One colour per verdict for both themes: browsers draw the icon on their own background. */
const colours: Record<Verdict, string> = {
  passed: '#1f9d46',
  failed: '#d6303b',
  broken: '#d6303b',
  timeout: '#c07a00',
  interrupted: '#c07a00',
  cancelled: '#6b7280',
  running: '#2f7fe0',
  none: '#6b7280',
};

interface Props {
  title: string;
  /** Shown in the tab: a sign before its title, and the colour of its icon. */
  verdict?: Verdict;
  /** Instead of the title as a heading. */
  heading?: ComponentChildren;
  children?: ComponentChildren;
}

/** A view: its heading, and the title and icon of the browser's tab. */
export function Page({ title, verdict = 'none', heading = title, children }: Props) {
  const name = repository.value?.name ?? 'git jci';
  useEffect(() => {
    document.title = `${verdict === 'none' ? '' : `${signs[verdict]} `}${title} · ${name}`;
  }, [title, verdict, name]);
  useEffect(() => {
    // The browser makes an image of it: not before the page is there to be used.
    const timer = setTimeout(showIcon, 200, colours[verdict]);
    return () => clearTimeout(timer);
  }, [verdict]);
  return (
    <>
      <h1>{heading}</h1>
      {children}
    </>
  );
}

function showIcon(colour: string): void {
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><circle cx='8' cy='8' r='7' fill='${colour}'/></svg>`;
  document.querySelector('link[rel=icon]')?.setAttribute('href', `data:image/svg+xml,${encodeURIComponent(svg)}`);
}
