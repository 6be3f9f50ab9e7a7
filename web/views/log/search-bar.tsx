import { formatCount } from '../../parts/format-count.ts';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useKeys } from '../../keys/use-keys.ts';
import type { Log } from '../../log/log.ts';

/** Between the letters of somebody who types. */
const typingMs = 60;

/** Searches the whole log, shown or not. */
export function SearchBar({ log }: { log: Log }) {
  const [text, setText] = useState('');
  const [regex, setRegex] = useState(false);
  const [matchCase, setMatchCase] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const before = useRef('');
  useLayoutEffect(() => {
    const isTyped = Math.abs(text.length - before.current.length) === 1 && text !== '';
    before.current = text;
    log.search.start({ text, regex, matchCase }, isTyped ? typingMs : 0);
  }, [log, text, regex, matchCase]);
  const focus = (): void => field.current?.select();
  useKeys({
    '/': { label: 'Search the log', run: focus },
    // The browser's own search sees only what is on the screen; pressed in the field, it is the browser's again.
    'Ctrl-f': { label: 'Search the log', run: focus },
    n: { label: 'Next hit', run: () => log.stepHit(1) },
    N: { label: 'Previous hit', run: () => log.stepHit(-1) },
  }, 'Search');
  const onKeyDown = (event: KeyboardEvent): void => {
    // The first hit of what has just been typed is gone to anyway.
    if (event.key === 'Enter' && !log.search.hurry()) log.stepHit(event.shiftKey ? -1 : 1);
    if (event.key === 'Escape') {
      setText('');
      field.current?.blur();
    }
  };
  return (
    <div class="log-search" role="search">
      <input ref={field} type="search" aria-label="Search the log" placeholder="Search the log" value={text} spellcheck={false}
        onInput={({ currentTarget }) => setText(currentTarget.value)} onKeyDown={onKeyDown} />
      <Toggle label="Match case" sign="Aa" on={matchCase} set={setMatchCase} />
      <Toggle label="Regular expression" sign=".*" on={regex} set={setRegex} />
      <button type="button" class="quiet" aria-label="Previous hit" title="Previous hit (N)" onClick={() => log.stepHit(-1)}>↑</button>
      <button type="button" class="quiet" aria-label="Next hit" title="Next hit (n)" onClick={() => log.stepHit(1)}>↓</button>
      <span class="log-count" role="status">{countText(log)}</span>
    </div>
  );
}

function Toggle({ label, sign, on, set }: { label: string; sign: string; on: boolean; set: (on: boolean) => void }) {
  return <button type="button" class="quiet toggle" aria-label={label} title={label} aria-pressed={on} onClick={() => set(!on)}>{sign}</button>;
}

function countText(log: Log): string {
  const found = log.search.found.value;
  if (found === undefined) return '';
  const { count, done, problem } = found;
  if (count === 0) return problem ?? (done ? 'No hits' : 'Searching …');
  const all = `${formatCount(count)}${problem !== undefined ? `+ · ${problem}` : done ? '' : ' …'}`;
  return log.hit.value === -1 ? all : `${formatCount(log.hit.value + 1)} of ${all}`;
}
