import { formatSize } from '../../base/byte-size.ts';
import type { Context } from '../../base/context.ts';
import { formatDuration } from '../../base/duration.ts';
import type { ComparedFile, Pair } from '../../model/compare-runs.ts';
import { shortId } from '../../model/object-id.ts';
import { formatRunDuration } from '../../model/run-duration.ts';
import type { Step } from '../../model/step.ts';
import type { TestCase } from '../../model/test-case.ts';
import type { TestChange, TestComparison } from '../../model/test-history.ts';
import type { ResultSummary } from '../../model/trailers.ts';
import { printable } from '../../output/terminal-text.ts';
import type { StoredRunRef } from '../../store/run-list.ts';
import type { Colors } from '../render/colors.ts';
import { statusSymbol, type ShownStatus } from '../render/status-symbol.ts';
import { renderTable } from '../render/table.ts';

export interface ComparedRun extends StoredRunRef {
  summary: ResultSummary | null;
}

/** Two runs, and what is different. */
export interface Comparison {
  before: ComparedRun;
  after: ComparedRun;
  steps: Pair<Step>[];
  tests: TestComparison;
  artefacts: Pair<ComparedFile>[];
}

const listedSlower = 10;

interface Look {
  ctx: Context;
  colors: Colors;
  width: number;
}

/** The lines of `git jci diff`. */
export async function describeComparison(comparison: Comparison, look: Look): Promise<string[]> {
  const { before, after, tests } = comparison;
  return [
    `${look.colors.dim('from')} ${headline(before, look)}`,
    `${look.colors.dim('to')}   ${headline(after, look)}`,
    ...(await section('Steps', comparison.steps.map(stepRow(look)), look)),
    ...testSection('Broken', tests.broken, 'failed', look),
    ...testSection('Fixed', tests.fixed, 'passed', look),
    ...testSection('Still failing', tests.stillFailing, 'failed', look),
    ...testSection('Skipped now', tests.nowSkipped, 'skipped', look),
    ...(await slowerSection(tests.slower, look)),
    ...countLine(tests, look),
    ...(await section('Artefacts', comparison.artefacts.map(fileRow(look)), look)),
  ];
}

function headline({ runId, commit, summary }: ComparedRun, { ctx, colors }: Look): string {
  const state = summary?.outcome ?? summary?.status ?? 'unreadable';
  const time = summary?.durationMs === undefined ? '' : `  ${formatRunDuration(summary.durationMs, summary.outcome)}`;
  return `${statusSymbol(state, ctx, colors)} ${runId} ${colors.yellow(shortId(commit))} ${state}${time}`;
}

async function section(title: string, rows: string[][], { colors, width }: Look): Promise<string[]> {
  if (rows.length === 0) return [];
  return ['', colors.bold(title), await renderTable(rows, { width, alignRight: [1, 2], flexible: 0 })];
}

const stepRow =
  ({ colors }: Look) =>
  ({ name, before, after }: Pair<Step>): string[] => [
    `  ${printable(name)}`,
    before === null ? '-' : formatDuration(before.durationMs),
    after === null ? '-' : formatDuration(after.durationMs),
    before === null ? colors.green('new') : after === null ? colors.red('gone') : stepChange(before, after, colors),
  ];

function stepChange(before: Step, after: Step, colors: Colors): string {
  return [verdictChange(before, after, colors), change(before.durationMs, after.durationMs, colors)].filter((part) => part !== '').join('  ');
}

function verdictChange(before: Step, after: Step, colors: Colors): string {
  if (hasPassed(before) === false && hasPassed(after) === true) return colors.green('fixed');
  if (hasPassed(before) === true && hasPassed(after) === false) return colors.red(`broken: ${howItEnded(after)}`);
  return '';
}

/** `undefined` for a step that only the log tells of: how it ended nobody knows. */
function hasPassed({ exitCode, unfinished }: Step): boolean | undefined {
  if (exitCode !== undefined) return exitCode === 0;
  return unfinished === true ? false : undefined;
}

const howItEnded = ({ exitCode }: Step): string => (exitCode === undefined ? 'unfinished' : `exit ${exitCode}`);

/** Differences under a tenth, or under 100 ms, are noise. */
function change(before: number, after: number, colors: Colors): string {
  const difference = after - before;
  if (Math.abs(difference) < 100 || Math.abs(difference) < before / 10) return '';
  const percent = before === 0 ? '' : ` (${difference > 0 ? '+' : '-'}${Math.round((Math.abs(difference) / before) * 100)} %)`;
  const text = `${difference > 0 ? '+' : '-'}${formatDuration(Math.abs(difference))}${percent}`;
  return difference > 0 ? colors.red(text) : colors.green(text);
}

function testSection(title: string, cases: readonly Pick<TestCase, 'suite' | 'name'>[], state: ShownStatus, { ctx, colors }: Look): string[] {
  if (cases.length === 0) return [];
  const lines = cases.map(({ suite, name }) => `  ${statusSymbol(state, ctx, colors)} ${suite === '' ? '' : `${printable(suite)} > `}${printable(name)}`);
  return ['', colors.bold(`${title} (${cases.length})`), ...lines];
}

function slowerSection(changes: readonly TestChange[], look: Look): Promise<string[]> {
  const rows = changes.slice(0, listedSlower).map(({ suite, name, before, after }) => [
    `  ${suite === '' ? '' : `${printable(suite)} > `}${printable(name)}`,
    formatDuration(before.durationMs ?? 0),
    formatDuration(after.durationMs ?? 0),
  ]);
  return section('Slower', rows, look);
}

function countLine({ added, removed }: TestComparison, { colors }: Look): string[] {
  if (added.length + removed.length === 0) return [];
  return ['', colors.dim(`${added.length} tests are new, ${removed.length} are gone`)];
}

const fileRow =
  ({ colors }: Look) =>
  ({ name, before, after }: Pair<ComparedFile>): string[] => [
    `  ${printable(name)}`,
    before === null ? '-' : formatSize(before.size),
    after === null ? '-' : formatSize(after.size),
    before === null ? colors.green('new') : after === null ? colors.red('gone') : 'changed',
  ];
