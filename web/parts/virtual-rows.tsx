import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { visibleRange } from './visible-range.ts';
import './virtual-rows.css';

interface Props {
  label: string;
  count: number;
  /** Of every row, in pixels: 100,000 of them stay far below what browsers can scroll. */
  rowHeight: number;
  /** The row that the keys are at: scrolled to when it changes. */
  current: number;
  row: (index: number) => ComponentChildren;
  keyOf: (index: number) => string;
  /** Called when the end of what is there comes near. */
  onEnd: () => void;
}

/** A list of which only the visible rows are in the page. */
export function VirtualRows({ label, count, rowHeight, current, row, keyOf, onEnd }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const { first, end } = useRange(list, count, rowHeight);
  useAnchor(first, count, rowHeight, keyOf);
  useEffect(() => {
    if (end >= count - 1) onEnd();
  }, [end, count, onEnd]);
  useEffect(() => {
    if (current >= 0) scrollTo(list.current, current * rowHeight, rowHeight);
    // By its key: when rows come in above it, nobody went anywhere.
  }, [current >= 0 ? keyOf(current) : '']);
  return (
    <div ref={list} class="rows" role="list" aria-label={label} style={{ height: count * rowHeight }}>
      {Array.from({ length: end - first }, (_, index) => first + index).map((index) => (
        <div
          key={keyOf(index)}
          role="listitem"
          class={index === current ? 'list-row current' : 'list-row'}
          aria-current={index === current ? 'true' : undefined}
          aria-posinset={index + 1}
          aria-setsize={-1}
          style={{ height: rowHeight, transform: `translateY(${index * rowHeight}px)` }}
        >
          {row(index)}
        </div>
      ))}
    </div>
  );
}

/** The range is looked for when something moves, and not in between: to look has the browser lay everything out. */
function useRange(list: { current: HTMLElement | null }, count: number, rowHeight: number) {
  const [{ top, height }, setWindow] = useState({ top: 0, height: screen.height });
  useEffect(() => {
    const look = (): void => {
      const now = Math.max(0, -(list.current?.getBoundingClientRect().top ?? 0));
      // By rows: not every pixel is worth a drawing.
      setWindow((old) => (Math.floor(now / rowHeight) === Math.floor(old.top / rowHeight) && old.height === innerHeight ? old : { top: now, height: innerHeight }));
    };
    addEventListener('scroll', look, { passive: true });
    addEventListener('resize', look);
    return () => {
      removeEventListener('scroll', look);
      removeEventListener('resize', look);
    };
  }, [rowHeight]);
  return visibleRange(top, height, rowHeight, count);
}

/** What is read stays where it is when rows come in above it. */
function useAnchor(first: number, count: number, rowHeight: number, keyOf: (index: number) => string): void {
  const before = useRef({ key: '', index: 0, count: 0 });
  useLayoutEffect(() => {
    const { key, index, count: oldCount } = before.current;
    const added = count - oldCount;
    // Where the page is comes last: to ask for it has the browser lay everything out.
    if (added > 0 && key !== '' && index + added < count && keyOf(index) !== key && keyOf(index + added) === key && window.scrollY > rowHeight) {
      window.scrollBy({ top: added * rowHeight, behavior: 'instant' });
    }
    before.current = { key: count > 0 && first < count ? keyOf(first) : '', index: first, count };
  });
}

function scrollTo(list: HTMLElement | null, top: number, rowHeight: number): void {
  if (list === null) return;
  const at = list.getBoundingClientRect().top + top;
  if (at < 0) window.scrollBy(0, at - rowHeight);
  else if (at + rowHeight > window.innerHeight) window.scrollBy(0, at + 2 * rowHeight - window.innerHeight);
}
