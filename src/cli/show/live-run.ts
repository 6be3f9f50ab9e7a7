import { formatAge, formatDuration } from '../../base/duration.ts';
import { shortId } from '../../model/object-id.ts';
import type { Step } from '../../model/step.ts';
import { printable } from '../../output/terminal-text.ts';
import type { LiveProgress } from '../../run/live-progress.ts';
import type { ActiveRun } from '../../store/active-run.ts';
import { statusSymbol } from '../render/status-symbol.ts';
import { renderTable } from '../render/table.ts';
import { annotationLines } from './run-parts.ts';
import type { Look } from './shown-run.ts';

/** A step of a run that is not over. */
export type LiveStep = Omit<Step, 'unfinished'> & { running: boolean };

/** A run that is not over, with everything that is known of it by now. */
export interface ShownLiveRun extends ActiveRun, Pick<LiveProgress, 'annotations'> {
  steps: LiveStep[];
  /** `null` when the commit is not here. */
  subject: string | null;
}

/** The lines of `git jci show` for a run that is not over. */
export async function describeLiveRun(run: ShownLiveRun, look: Look): Promise<string[]> {
  const { ctx, colors, width } = look;
  const sinceMs = Math.max(0, ctx.now() - Date.parse(run.startedAt));
  const facts = [
    ['commit', `${colors.yellow(shortId(run.commit))} ${printable(run.subject ?? '(not here)')}`],
    ['branch', printable(run.branch ?? '(none)')],
    ['started', `${printable(run.startedAt)} (${formatAge(sinceMs)})`],
    ['by', `${printable(`${run.user}@${run.host} (${run.trigger})`)}, process ${run.owner.pid}`],
    ['in', printable(run.workTree)],
  ];
  return [
    `${statusSymbol('running', ctx, colors)} ${colors.cyan(run.phase)} for ${formatDuration(sinceMs)}  ${colors.dim(`run ${run.runId}`)}`,
    await renderTable(facts.map(([name = '', value = '']) => [`  ${colors.dim(name)}`, value]), { width, flexible: 1 }),
    ...(await liveStepLines(run.steps, look)),
    ...annotationLines(run.annotations, look),
    '',
    `follow it with: git jci logs -f ${run.runId}`,
  ];
}

async function liveStepLines(steps: readonly LiveStep[], { ctx, colors, width }: Look): Promise<string[]> {
  if (steps.length === 0) return [];
  const rows = steps.map((step) => [
    `  ${'  '.repeat(step.depth)}${statusSymbol(stateOf(step), ctx, colors)} ${printable(step.name)}`,
    formatDuration(step.durationMs),
    step.exitCode === undefined || step.exitCode === 0 ? '' : colors.red(`exit ${step.exitCode}`),
  ]);
  return ['', colors.bold(`Steps (${steps.length})`), await renderTable(rows, { width, alignRight: [1], flexible: 0 })];
}

function stateOf({ running, exitCode }: LiveStep): Parameters<typeof statusSymbol>[0] {
  if (running) return 'running';
  if (exitCode === undefined) return 'none';
  return exitCode === 0 ? 'passed' : 'failed';
}
