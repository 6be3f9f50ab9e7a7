import { formatDuration } from '../base/duration.ts';
import type { Step } from '../model/step.ts';
import { printable } from '../output/terminal-text.ts';
import { escapeHtml } from './html.ts';
import { heading } from './heading.ts';

/** More bars than this are a texture, not a timeline. */
const listedSteps = 400;

/**
 * The steps on one time scale: bars that lie beneath each other ran at the same time.
 * @param runMs how long the whole run took.
 */
export function stepSection(steps: readonly Step[], runMs: number): string {
  if (steps.length === 0) return '';
  const scaleMs = Math.max(1, runMs, ...steps.slice(0, listedSteps).map(({ startMs, durationMs }) => startMs + durationMs));
  const rows = steps.slice(0, listedSteps).map((step) => stepRow(step, scaleMs)).join('');
  const omitted = steps.length - listedSteps;
  const rest = omitted > 0 ? `<li class="soft">and ${omitted} more in steps.json</li>` : '';
  return `${heading('Steps', String(steps.length))}<ol class="steps">${rows}${rest}</ol>\n`;
}

function stepRow(step: Step, scaleMs: number): string {
  const { name, depth, startMs, durationMs, exitCode } = step;
  const left = share(startMs, scaleMs);
  const width = Math.min(share(durationMs, scaleMs), 100 - left);
  const indent = depth > 0 ? ` style="padding-left:${Math.min(depth, 8)}em"` : '';
  const title = `${printable(name)}: from ${formatDuration(startMs)} to ${formatDuration(startMs + durationMs)}${ending(step)}, log lines ${step.firstLine} to ${step.lastLine}`;
  return `<li class="${stateClass(step)}" title="${escapeHtml(title)}"><span class="name"${indent}>${escapeHtml(printable(name))}${exitCode === undefined || exitCode === 0 ? '' : ` <small>exit ${exitCode}</small>`}</span><div class="track"><div style="margin-left:${left}%;width:${width}%"></div></div><span class="time">${formatDuration(durationMs)}</span></li>\n`;
}

/** Per cent, with two digits at most. */
const share = (part: number, whole: number): number => Math.min(100, Math.round((part / whole) * 10_000) / 100);

function stateClass({ exitCode, unfinished }: Step): string {
  if (unfinished === true) return 'cut';
  if (exitCode === undefined) return 'step';
  return exitCode === 0 ? 'ok' : 'err';
}

function ending({ exitCode, unfinished }: Step): string {
  if (unfinished === true) return ', unfinished';
  return exitCode === undefined ? '' : `, exit ${exitCode}`;
}
