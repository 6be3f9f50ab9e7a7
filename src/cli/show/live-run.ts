import type { Context } from '../../base/context.ts';
import { formatDuration } from '../../base/duration.ts';
import { shortId } from '../../model/object-id.ts';
import { printable } from '../../output/terminal-text.ts';
import type { ActiveRun } from '../../store/active-run.ts';
import type { Colors } from '../render/colors.ts';
import { statusSymbol } from '../render/status-symbol.ts';

/** The lines of `git jci show` for a run that is not over. */
export function describeLiveRun(run: ActiveRun, { ctx, colors }: { ctx: Context; colors: Colors }): string[] {
  const since = formatDuration(Math.max(0, ctx.now() - Date.parse(run.startedAt)));
  return [
    `${statusSymbol('running', ctx, colors)} ${colors.cyan(run.phase)} for ${since}  ${colors.dim(`run ${run.runId}`)}`,
    `  ${colors.dim('commit')}   ${colors.yellow(shortId(run.commit))}`,
    `  ${colors.dim('branch')}   ${printable(run.branch ?? '(none)')}`,
    `  ${colors.dim('by')}       ${printable(`${run.user}@${run.host} (${run.trigger})`)}, process ${run.owner.pid}`,
    `  ${colors.dim('in')}       ${printable(run.workTree)}`,
    '',
    `follow it with: git jci logs -f ${run.runId}`,
  ];
}
