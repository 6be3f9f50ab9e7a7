import { batch, signal } from '@preact/signals';
import { logApi, logName, rawPath } from '../../src/api/paths.ts';
import { logGrown, logLines, nextError } from '../../src/api/log.ts';
import type { RunDetail } from '../../src/api/run-detail.ts';
import type { AnnotationLevel } from '../../src/model/annotation.ts';
import type { RunKey } from '../../src/model/run-ref.ts';
import type { Step } from '../../src/model/step.ts';
import { fetchJson } from '../api/fetch-json.ts';
import { firstFailure } from './first-failure.ts';
import { foldLines, stepsAround } from './folds.ts';
import { highlight } from './highlight.ts';
import { formatRange, parseRange, type LineRange } from './line-range.ts';
import { createLineStore } from './line-store.ts';
import { lineTime } from './line-time.ts';
import { createPane, type Pane, type PaneParts } from './pane.ts';
import type { RowContent } from './row.ts';
import { createSearch, isHit, nextHit, pattern } from './search.ts';
import { times } from './settings.ts';
import { listenForLines } from './log-events.ts';

export type Log = ReturnType<typeof createLog>;

/** All that one log view knows and can do. @param stored the run has its result. */
// eslint-disable-next-line max-lines-per-function -- one closure: its parts share what is known of the log
export function createLog(key: RunKey, stored: () => void) {
  const base = logApi(key);
  const rawHref = rawPath(key, logName);
  const state = {
    total: signal(0),
    complete: signal(false),
    following: signal(false),
    /** Lines that came since the reader left the end. */
    unseen: signal(0),
    steps: signal<readonly Step[]>([]),
    folded: signal<ReadonlySet<number>>(new Set()),
    range: signal(parseRange(location.hash)),
    /** The step that the line at the top is in. */
    around: signal<readonly number[]>([]),
    /** Number of the current hit, from 0; -1 before the first. */
    hit: signal(-1),
    /** Ctrl-A: all lines, whether they are in the page or not. */
    all: signal(false),
    message: signal(''),
    problem: signal(''),
  };
  const search = createSearch(base);
  let pane: Pane | undefined;
  let folds = foldLines([], new Set());
  let levels = new Map<number, AnnotationLevel>();
  let heads = new Map<number, number>();
  let start = Number.NaN;
  let current = 0;
  let seen = 0;
  let isOpened = false;

  const store = createLineStore(
    async (from, count, signal) => {
      const { data, problem } = await fetchJson(logLines, `${base}/lines?from=${from}&count=${count}`, { signal });
      if (problem !== undefined) throw new Error(problem.error);
      return data;
    },
    { changed, failed: (error) => (state.problem.value = error instanceof Error ? error.message : 'The lines cannot be read') },
  );

  function changed(): void {
    batch(() => {
      state.total.value = store.total();
      state.complete.value = store.complete();
      state.problem.value = '';
      if (state.following.value) seen = store.total();
      state.unseen.value = Math.max(0, store.total() - seen);
    });
    if (store.complete() && state.following.value) pane?.follow(false);
    pane?.draw();
  }

  function row(line: number, previousTime: string): RowContent {
    const here = store.get(line);
    const index = heads.get(line);
    const step = index === undefined ? undefined : state.steps.value[index];
    const time = lineTime(here === undefined ? step?.startMs ?? null : here.ms, times.value, start);
    const { range } = state;
    const marks = [
      levels.get(line),
      range.value !== undefined && line >= range.value.first && line <= range.value.last ? 'chosen' : undefined,
      line === current ? 'current' : undefined,
    ];
    return {
      line,
      stored: here,
      time,
      sameTime: time === previousTime,
      step,
      folded: index !== undefined && state.folded.value.has(index),
      marks: marks.filter(Boolean).join(' '),
      rawHref,
    };
  }

  const stopHits = search.found.subscribe((found) => {
    if (found === undefined) state.hit.value = -1;
    else if (state.hit.value === -1 && found.lines.length > 0) goToHit(nextHit(found.lines, Math.max(0, topLine - 1), 1));
    pane?.draw();
  });

  let topLine = 1;
  function drawn(line: number, lines: readonly number[], drawnPane: Pane): void {
    topLine = line;
    const around = stepsAround(state.steps.value, line).filter((index) => (state.steps.value[index]?.firstLine ?? 0) < line);
    if (around.join() !== state.around.value.join()) state.around.value = around;
    const query = search.found.value?.query;
    const hits = search.found.value?.lines ?? [];
    const rows = lines.filter((one) => isHit(hits, one)).flatMap((one) => drawnPane.element(one) ?? []);
    highlight(rows, query === undefined ? undefined : pattern(query));
  }

  function setFolded(folded: ReadonlySet<number>): void {
    state.folded.value = folded;
    folds = foldLines(state.steps.value, folded);
  }

  /** Opens the folds that hide a line. */
  function unfold(line: number): void {
    if (!folds.isHidden(line)) return;
    const around = stepsAround(state.steps.value, line);
    setFolded(new Set([...state.folded.value].filter((index) => !around.includes(index))));
  }

  function showLine(line: number): void {
    current = line;
    unfold(line);
    pane?.reveal(line);
    pane?.draw();
  }

  function goToHit(index: number): void {
    const line = search.found.value?.lines[index];
    if (line === undefined) return;
    state.hit.value = index;
    showLine(line);
  }

  function choose(range: LineRange | undefined): void {
    state.range.value = range;
    history.replaceState(history.state, '', range === undefined ? location.pathname : formatRange(range));
    pane?.draw();
  }

  const stopEvents = listenForLines(`${base}/events`, logGrown, (grown) => {
    store.grow(grown.total, grown.complete);
    if (grown.stored) stored();
  });

  return {
    key,
    rawHref,
    store,
    search,
    ...state,
    topLine: () => topLine,
    current: () => current,
    folds: () => folds,
    row,
    errors: (): number[] => [...levels].filter(([, level]) => level === 'error').map(([line]) => line),
    /** What is known of the run; the first time, the place at which it opens is found. */
    setRun(run: RunDetail): void {
      start = Date.parse(run.record?.startedAt ?? run.item.startedAt);
      state.steps.value = run.steps;
      levels = new Map([...(run.record?.annotations ?? [])].reverse().map(({ logLine, level }) => [logLine, level]));
      heads = new Map(run.steps.map(({ firstLine }, index) => [firstLine, index]).reverse() as [number, number][]);
      setFolded(state.folded.value);
      if (!isOpened) open(run);
      pane?.draw();
    },
    attach(parts: PaneParts): () => void {
      pane = createPane(parts, {
        store,
        folds: () => folds,
        row,
        drawn,
        followed(following) {
          seen = store.total();
          batch(() => {
            state.following.value = following;
            state.unseen.value = 0;
          });
        },
      });
      pane.resized();
      return () => pane?.close();
    },
    pane: () => pane,
    toggle(line: number): void {
      const index = heads.get(line);
      if (index === undefined) return;
      const folded = new Set(state.folded.value);
      if (!folded.delete(index)) folded.add(index);
      pane?.keeping(line, () => setFolded(folded));
    },
    foldAll(on: boolean): void {
      const line = folds.line(folds.row(topLine));
      pane?.keeping(line, () => setFolded(new Set(on ? state.steps.value.keys() : [])));
    },
    choose,
    /** Goes to the next head that is not hidden, or the one before; round again at the end. */
    stepHead(step: 1 | -1): void {
      const lines = [...heads.keys()].filter((line) => !folds.isHidden(line)).sort((a, b) => a - b);
      const line = lines[nextHit(lines, current === 0 ? topLine - 1 : current, step)];
      if (line !== undefined) showLine(line);
    },
    /** Folds or unfolds the innermost step around the current line. */
    toggleCurrent(): void {
      const index = stepsAround(state.steps.value, current === 0 ? topLine : current).at(-1);
      const head = index === undefined ? undefined : state.steps.value[index]?.firstLine;
      if (head === undefined) return;
      this.toggle(head);
      current = head;
    },
    showLine,
    goToHit,
    stepHit(step: 1 | -1): void {
      const { found } = search;
      if (found.value === undefined) return;
      goToHit(nextHit(found.value.lines, current === 0 ? topLine - 1 : current, step));
    },
    async stepError(step: 1 | -1): Promise<void> {
      const from = current === 0 ? topLine : current + step;
      const url = `${base}/next-error?from=${Math.max(1, from)}${step === -1 ? '&back=1' : ''}`;
      const { data, problem } = await fetchJson(nextError, url);
      const line = data?.line ?? undefined;
      if (line !== undefined) showLine(line);
      state.message.value = problem?.error ?? (line === undefined ? `No error ${step === 1 ? 'below' : 'above'}` : `Error in line ${line}`);
    },
    close(): void {
      stopHits();
      stopEvents();
      search.stop();
      store.close();
    },
  };

  function open(run: RunDetail): void {
    isOpened = true;
    const { range } = state;
    const failure = firstFailure(run);
    if (range.value !== undefined) showLine(range.value.first);
    else if (run.item.live !== null && run.item.live !== 'lost') pane?.follow(true);
    else if (failure !== undefined) showLine(failure);
  }
}
