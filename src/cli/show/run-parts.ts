import { formatDuration } from '../../base/duration.ts';
import type { Annotation } from '../../model/annotation.ts';
import type { TestCase, TestsFile } from '../../model/test-case.ts';
import { printable } from '../../output/terminal-text.ts';
import { statusSymbol } from '../render/status-symbol.ts';
import { renderTable } from '../render/table.ts';
import type { Look, ShownRun } from './shown-run.ts';

const listedFailures = 20;
const listedAnnotations = 20;
const detailLines = 8;

/** The steps with their times; those inside others are indented. */
export async function stepLines({ steps, runId }: ShownRun, { ctx, colors, width }: Look): Promise<string[]> {
  if (steps.length === 0) return [];
  const rows = steps.map(({ name, depth, durationMs, exitCode, unfinished }) => {
    const state = exitCode === undefined ? (unfinished === true ? 'interrupted' : 'none') : exitCode === 0 ? 'passed' : 'failed';
    const code = exitCode === undefined || exitCode === 0 ? '' : colors.red(`exit ${exitCode}`);
    return [`  ${'  '.repeat(depth)}${statusSymbol(state, ctx, colors)} ${printable(name)}`, formatDuration(durationMs), code];
  });
  return ['', colors.bold(`Steps (${steps.length})`) + colors.dim(`  git jci logs ${runId} --step NAME`), await renderTable(rows, { width, alignRight: [1], flexible: 0 })];
}

/** The totals, then what failed and why. */
export function testLines(tests: TestsFile | null, look: Look): string[] {
  if (tests === null) return [];
  const { colors } = look;
  const { passed, failed, skipped, durationMs } = tests.totals;
  const counts = [
    failed > 0 ? colors.red(`${failed} failed`) : '',
    colors.green(`${passed} passed`),
    skipped > 0 ? colors.yellow(`${skipped} skipped`) : '',
  ].filter(Boolean);
  const failures = tests.cases.filter(({ status }) => status === 'failed' || status === 'error');
  const more = failures.length - listedFailures;
  return [
    '',
    `${colors.bold('Tests')}  ${counts.join(', ')} ${colors.dim(`in ${formatDuration(durationMs)}`)}`,
    ...failures.slice(0, listedFailures).flatMap((test) => failureLines(test, look)),
    ...(more > 0 ? [colors.dim(`  and ${more} more: git jci tests --failed`)] : []),
  ];
}

/** One failed test: its name, where, and the beginning of what it said. */
export function failureLines(test: TestCase, { ctx, colors }: Pick<Look, 'ctx' | 'colors'>): string[] {
  const name = test.suite === '' ? test.name : `${test.suite} > ${test.name}`;
  const where = test.file === undefined ? '' : colors.dim(`  ${printable(test.file)}${test.line === undefined ? '' : `:${test.line}`}`);
  const said = (test.message ?? test.details ?? '').split('\n').slice(0, detailLines);
  return [
    `  ${statusSymbol('failed', ctx, colors)} ${printable(name)}${where}`,
    ...said.filter((line) => line.trim() !== '').map((line) => `      ${colors.dim(printable(line))}`),
  ];
}

/** What the script pointed at. */
export function annotationLines(annotations: readonly Annotation[], { colors }: Look): string[] {
  if (annotations.length === 0) return [];
  const more = annotations.length - listedAnnotations;
  return [
    '',
    colors.bold(`Annotations (${annotations.length})`),
    ...annotations.slice(0, listedAnnotations).map((annotation) => `  ${annotationLine(annotation, colors)}`),
    ...(more > 0 ? [colors.dim(`  and ${more} more`)] : []),
  ];
}

function annotationLine({ level, message, title, file, line, logLine }: Annotation, colors: Look['colors']): string {
  const color = level === 'error' ? colors.red : level === 'warning' ? colors.yellow : colors.cyan;
  const where = file === undefined ? '' : ` ${printable(file)}${line === undefined ? '' : `:${line}`}`;
  const text = title === undefined ? message : `${title}: ${message}`;
  return `${color(level)}${where} ${printable(text)} ${colors.dim(`(log line ${logLine})`)}`;
}
