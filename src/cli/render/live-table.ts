import type { Context } from '../../base/context.ts';
import { createColors } from './colors.ts';
import { finalLine, frame, isFailure, type LiveRow, type RowEnd, type RowLook } from './live-rows.ts';
import { openScreen, sizeOf, type Screen } from './screen.ts';

/** Rows that change in place while work goes on; each ends as one line that stays. */
export interface LiveTable {
  start(id: string): void;
  /** The latest thing a row has to say, such as the last line of its output. */
  update(id: string, text: string): void;
  finish(id: string, end: RowEnd): void;
  /** Leaves the final rows on the terminal, in their order. */
  end(): void;
}

export interface LiveTableOptions {
  /** `failures`: only those, and only at the end. */
  show: 'progress' | 'failures' | 'nothing';
}

/** Often enough for a clock with tenths of a second to look alive. */
const tickMs = 200;

/**
 * Shows rows on stderr: `id` is an object id, `title` a text somebody wrote.
 *
 * Without a terminal each row is one line, printed when it and all before it are over: in their order.
 */
export function createLiveTable(ctx: Context, titles: readonly { id: string; title: string }[], { show }: LiveTableOptions): LiveTable {
  const rows = new Map<string, LiveRow>(titles.map(({ id, title }) => [id, { id, title, state: 'waiting', text: '' }]));
  if (show === 'nothing') return { start: () => undefined, update: () => undefined, finish: () => undefined, end: () => undefined };
  const look: RowLook = { ctx, colors: createColors(ctx.stderr, ctx.env) };
  if (show === 'failures') return onlyFailures(ctx, rows, look);
  const live = ctx.stderr.isTTY && ctx.env['TERM'] !== 'dumb';
  return live ? onTerminal(ctx, rows, look) : intoPipe(ctx, rows, look);
}

function onTerminal(ctx: Context, rows: ReadonlyMap<string, LiveRow>, look: RowLook): LiveTable {
  const screen: Screen = openScreen(ctx.stderr);
  const draw = (): void => screen.show(frame([...rows.values()], look, screen.size(), ctx.elapsed()));
  const ticking = setInterval(draw, tickMs);
  // The clock on the screen must not be what keeps the process alive.
  ticking.unref();
  return {
    start: (id) => startRow(rows.get(id), ctx),
    update: (id, text) => updateRow(rows.get(id), text),
    finish(id, end) {
      finishRow(rows.get(id), end);
      draw();
    },
    end() {
      clearInterval(ticking);
      screen.close();
      writeFinal(ctx, [...rows.values()], look);
    },
  };
}

function intoPipe(ctx: Context, rows: ReadonlyMap<string, LiveRow>, look: RowLook): LiveTable {
  const unwritten = [...rows.values()];
  return {
    start: (id) => startRow(rows.get(id), ctx),
    update: (id, text) => updateRow(rows.get(id), text),
    finish(id, end) {
      finishRow(rows.get(id), end);
      const waitedFor = unwritten.findIndex(({ state }) => state !== 'over');
      writeFinal(ctx, unwritten.splice(0, waitedFor < 0 ? unwritten.length : waitedFor), look);
    },
    end: () => undefined,
  };
}

function onlyFailures(ctx: Context, rows: ReadonlyMap<string, LiveRow>, look: RowLook): LiveTable {
  return {
    start: () => undefined,
    update: () => undefined,
    finish: (id, end) => finishRow(rows.get(id), end),
    end: () => writeFinal(ctx, [...rows.values()].filter(isFailure), look),
  };
}

function writeFinal({ stderr }: Context, rows: readonly LiveRow[], look: RowLook): void {
  const columns = stderr.isTTY ? sizeOf(stderr).columns : Number.POSITIVE_INFINITY;
  for (const row of rows) stderr.write(`${finalLine(row, look, columns)}\n`);
}

function startRow(row: LiveRow | undefined, ctx: Context): void {
  if (row === undefined) return;
  row.state = 'running';
  row.startedMs = ctx.elapsed();
}

function updateRow(row: LiveRow | undefined, text: string): void {
  if (row !== undefined && row.state !== 'over') row.text = text;
}

function finishRow(row: LiveRow | undefined, end: RowEnd): void {
  if (row === undefined) return;
  row.state = 'over';
  row.end = end;
}
