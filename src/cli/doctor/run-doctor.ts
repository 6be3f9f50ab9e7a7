import { exitCode } from '../../base/exit-codes.ts';
import { checkCronEntries } from '../../doctor/check-cron-entries.ts';
import { checkCrontab } from '../../doctor/check-crontab.ts';
import { checkLeftovers } from '../../doctor/check-leftovers.ts';
import { checkPacks } from '../../doctor/check-packs.ts';
import { checkRefs } from '../../doctor/check-refs.ts';
import { checkRemotes } from '../../doctor/check-remotes.ts';
import { checkSettings } from '../../doctor/check-settings.ts';
import { checkTools } from '../../doctor/check-tools.ts';
import type { Finding } from '../../doctor/finding.ts';
import { printable } from '../../output/terminal-text.ts';
import type { Call } from '../command.ts';
import { statusSymbol, type ShownStatus } from '../render/status-symbol.ts';
import { selfCommand } from '../self.ts';
import { identifySelf, recoverRuns } from '../session.ts';

export interface DoctorOptions {
  fix?: boolean;
  offline?: boolean;
  json?: boolean;
}

const symbols: Record<Finding['state'], ShownStatus> = { fine: 'passed', advice: 'running', problem: 'failed' };

/** `git jci doctor`. @returns 0 when nothing is wrong (any more), else 1. */
export async function runDoctor(call: Call<DoctorOptions>): Promise<number> {
  const { repo, ctx, ui, options } = call;
  await recoverRuns(repo, ui);
  const self = await identifySelf(ctx);
  const findings = [
    ...(await checkTools(repo)),
    await checkSettings(repo),
    ...(await checkLeftovers(repo, self)),
    ...(await checkRefs(repo)),
    await checkPacks(repo),
    await checkCronEntries(repo, selfCommand()),
    ...(await checkCrontab(ctx, self)),
    ...(options.offline === true ? [] : await checkRemotes(repo)),
  ];
  const results: (Omit<Finding, 'fix'> & { fixed?: string })[] = [];
  for (const { fix, ...finding } of findings) {
    const fixed = options.fix === true && fix !== undefined ? await fix() : undefined;
    results.push(fixed === undefined ? finding : { ...finding, state: 'fine', fixed });
  }
  if (ui.json) ui.printJson({ version: 1, findings: results });
  else for (const result of results) for (const line of describe(call, result)) ui.print(line);
  return results.some(({ state }) => state === 'problem') ? exitCode.failed : exitCode.ok;
}

function describe({ ctx, ui }: Call<DoctorOptions>, { check, state, message, hint, fixed }: Omit<Finding, 'fix'> & { fixed?: string }): string[] {
  const line = `${statusSymbol(symbols[state], ctx, ui.out)} ${ui.out.bold(check)}: ${printable(message)}`;
  return [
    fixed === undefined ? line : `${line} ${ui.out.green(`(${fixed})`)}`,
    ...(hint === undefined || fixed !== undefined ? [] : [ui.out.dim(`  ${hint}`)]),
  ];
}
