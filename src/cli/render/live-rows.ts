import { stripVTControlCharacters } from 'node:util';
import type { Context } from '../../base/context.ts';
import { formatDuration } from '../../base/duration.ts';
import { shortId } from '../../model/object-id.ts';
import { printable } from '../../output/terminal-text.ts';
import type { Colors } from './colors.ts';
import { displayWidth, pad, truncate } from './any-fit.ts';
import type { TerminalSize } from './screen.ts';
import { statusSymbol, type ShownStatus } from './status-symbol.ts';
import { showsUnicode } from './unicode.ts';

/** How a row ended. */
export interface RowEnd {
  symbol: ShownStatus;
  /** The run that says so. */
  runId?: string;
  /** Why, if there is something to say. */
  text: string;
  durationMs?: number;
}

/** One row and what is known of it by now. */
export interface LiveRow {
  /** An object id. */
  id: string;
  title: string;
  state: 'waiting' | 'running' | 'over';
  text: string;
  startedMs?: number;
  end?: RowEnd;
}

export interface RowLook {
  ctx: Pick<Context, 'env' | 'platform'>;
  colors: Colors;
}

/** `59 min 59 s` fits. */
const timeWidth = 11;
/** `1763700000-abcd` */
const runIdWidth = 15;
/** The share of a line that its title may take when there is output to show beside it. */
const titleShare = 0.4;

/**
 * The lines to show now: as many rows as fit the terminal, then what became of all of them.
 * @param nowMs on the clock that `startedMs` was read from.
 */
export function frame(rows: readonly LiveRow[], look: RowLook, { columns, rows: height }: TerminalSize, nowMs: number): string[] {
  // One line for the totals, one for the cursor.
  const shown = rows.length <= height - 1 ? rows : chooseRows(rows, Math.max(1, height - 2));
  const lines = shown.map((row) => rowLine(row, look, columns - 1, timeColumn(row, look, nowMs)));
  return shown.length === rows.length ? lines : [...lines, look.colors.dim(truncate(totals(rows), columns - 1, more(look)))];
}

/** The line that stays when a row is over: with the run, which has no place while there is output to show. */
export function finalLine(row: LiveRow, look: RowLook, columns: number): string {
  const runId = look.colors.dim(pad(row.end?.runId ?? '', runIdWidth));
  return rowLine(row, look, columns - 1, `${runId} ${timeColumn(row, look, 0)}`);
}

/** True for what a person has to look after: neither passed nor left out. */
export const isFailure = ({ end }: LiveRow): boolean => end !== undefined && end.symbol !== 'passed' && end.symbol !== 'none';

/** What runs first, then the latest to finish, then those waiting: in their own order. */
function chooseRows(rows: readonly LiveRow[], limit: number): LiveRow[] {
  const rank = { running: 0, over: 1, waiting: 2 };
  const byInterest = rows
    .map((row, index) => ({ row, index, nearness: row.state === 'over' ? -index : index }))
    .sort((a, b) => rank[a.row.state] - rank[b.row.state] || a.nearness - b.nearness);
  return byInterest
    .slice(0, limit)
    .sort((a, b) => a.index - b.index)
    .map(({ row }) => row);
}

function totals(rows: readonly LiveRow[]): string {
  const count = (test: (row: LiveRow) => boolean): number => rows.filter(test).length;
  const parts = [
    `${count(({ end }) => end?.symbol === 'passed')} passed`,
    `${count(isFailure)} not passed`,
    `${count(({ state }) => state === 'running')} running`,
    `${count(({ state }) => state === 'waiting')} waiting`,
    `${count(({ end }) => end?.symbol === 'none')} not started`,
  ];
  return `of ${rows.length}: ${parts.filter((part) => !part.startsWith('0 ')).join(', ')}`;
}

/** @param columns what stands before the title, always as wide, so that titles line up whatever follows. */
function rowLine(row: LiveRow, look: RowLook, width: number, columns: string): string {
  const { colors } = look;
  const head = `${statusSymbol(symbolOf(row), look.ctx, colors)} ${colors.yellow(shortId(row.id))} ${columns}`;
  const title = clean(row.title);
  const text = clean(row.end?.text ?? row.text);
  if (text === '') return truncate(`${head}  ${title}`, width, more(look));
  const room = Math.floor((width - displayWidth(head)) * titleShare);
  const fitting = Number.isFinite(room) ? pad(truncate(title, room, more(look)), room) : title;
  return truncate(`${head}  ${fitting}  ${colors.dim(text)}`, width, more(look));
}

const timeColumn = (row: LiveRow, { colors }: RowLook, nowMs: number): string => colors.dim(pad(timeOf(row, nowMs), timeWidth, 'right'));

function symbolOf({ state, end }: LiveRow): ShownStatus {
  if (state === 'running') return 'running';
  return end?.symbol ?? 'none';
}

function timeOf({ state, startedMs, end }: LiveRow, nowMs: number): string {
  if (end?.durationMs !== undefined) return formatDuration(end.durationMs);
  return state === 'running' && startedMs !== undefined ? formatDuration(nowMs - startedMs) : '';
}

/** Output of a script and subjects of commits: without its own colours, and nothing the terminal would obey. */
const clean = (text: string): string => printable(stripVTControlCharacters(text).trim()).replaceAll('\t', ' ');

const more = ({ ctx }: RowLook): string => (showsUnicode(ctx) ? '…' : '>');
