import { formatCount } from '../../parts/format-count.ts';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { onLogCopy, onRowClick } from '../../log/input.ts';
import { drawMarks } from '../../log/draw-marks.ts';
import type { Log } from '../../log/log.ts';
import { isUnderWay } from '../../log/log-state.ts';
import { times, wrap } from '../../log/settings.ts';
import { hasFailed, stepWords } from '../../log/step-words.ts';
import { theme } from '../../state/theme.ts';

/** The lines. */
export function LogPane({ log }: { log: Log }) {
  const scroller = useRef<HTMLDivElement>(null);
  const sizer = useRef<HTMLDivElement>(null);
  const rows = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (scroller.current === null || sizer.current === null || rows.current === null) return;
    const detach = log.attach({ scroller: scroller.current, sizer: sizer.current, rows: rows.current });
    const observer = new ResizeObserver(() => log.pane()?.resized());
    observer.observe(scroller.current);
    scroller.current.focus({ preventScroll: true });
    return () => {
      observer.disconnect();
      detach();
    };
  }, [log]);
  const digits = String(Math.max(log.total.value, 100)).length;
  useLayoutEffect(() => log.pane()?.resized(), [log, wrap.value, times.value, digits]);
  useDocument(log, rows);
  return (
    <div class={`log-frame${log.all.value ? ' all' : ''}`} style={{ '--digits': String(digits) }}>
      <div ref={scroller} class="log-scroller" tabIndex={0} role="region" aria-label="Log">
        <div ref={sizer} class="log-sizer">
          <div class={`log-lines ${wrap.value === 'on' ? 'wrap' : 'no-wrap'}`}>
            <div ref={rows} class="log-rows" role="list" aria-label="Lines" onClick={(event) => onRowClick(log, event)} />
          </div>
        </div>
      </div>
      <StepHeader log={log} />
      <Marks log={log} />
      {/* What comes of a run that is over is no news: it only had not been read yet. */}
      {!isUnderWay(log.run.value) || log.following.value || log.complete.value || log.unseen.value === 0 ? null : (
        <button type="button" class="log-new" onClick={() => log.pane()?.toBottom()}>↓ {formatCount(log.unseen.value)} new lines</button>
      )}
      {log.complete.value && log.total.value === 0 ? <p class="log-empty quiet-text">The log is empty.</p> : null}
    </div>
  );
}

/** The steps that the line at the top is in, when their heads are above it. */
function StepHeader({ log }: { log: Log }) {
  const around = log.around.value.flatMap((index) => log.steps.value[index] ?? []);
  const inner = around.at(-1);
  if (inner === undefined) return null;
  return (
    <div class="log-sticky">
      <button type="button" class="quiet" aria-label={`Fold ${inner.name}`} title="Fold this step" onClick={() => log.toggle(inner.firstLine)}>−</button>
      {around.map((step) => (
        <button key={step.firstLine} type="button" class="quiet" title="Go to its head" onClick={() => log.showLine(step.firstLine)}>{step.name}</button>
      ))}
      <span class={hasFailed(inner) ? 'log-aside bad' : 'log-aside'}>{stepWords(inner)}</span>
    </div>
  );
}

/** Where hits and errors are, beside the scrollbar. */
function Marks({ log }: { log: Log }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [look, setLook] = useState(0);
  const found = log.search.found.value;
  useEffect(() => {
    if (canvas.current !== null) drawMarks(canvas.current, log.folds.value, log.total.value, found?.lines ?? [], log.errors.value);
  }, [found, log.total.value, log.errors.value, log.folds.value, theme.value, look]);
  useEffect(() => {
    const again = (): void => setLook((before) => before + 1);
    const listening = new AbortController();
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again, listening);
    const observer = new ResizeObserver(again);
    if (canvas.current !== null) observer.observe(canvas.current);
    return () => {
      observer.disconnect();
      listening.abort();
    };
  }, []);
  return <canvas ref={canvas} class="log-marks" aria-hidden="true" />;
}

function useDocument(log: Log, rows: { current: HTMLElement | null }): void {
  useEffect(() => {
    const onCopy = (event: ClipboardEvent): void => {
      if (rows.current !== null) onLogCopy(log, rows.current, event);
    };
    const listening = new AbortController();
    document.addEventListener('copy', onCopy, listening);
    document.addEventListener('pointerdown', () => (log.all.value = false), listening);
    addEventListener('hashchange', log.followHash, listening);
    return () => listening.abort();
  }, [log]);
}
