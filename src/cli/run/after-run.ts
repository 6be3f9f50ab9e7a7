import { formatDuration } from '../../base/duration.ts';
import type { Settings } from '../../config/settings.ts';
import { keepPacksFew } from '../../store/few-packs.ts';
import { keepRefsPacked } from '../../store/pack-run-refs.ts';
import type { RunReport, RunRequest } from '../../run/request.ts';
import { command, type CommandResult } from '../../proc/command.ts';
import type { Call } from '../command.ts';
import type { RunOptions } from './options.ts';

/** What the runs of one command have in common. */
type Base = Pick<RunRequest, 'settings' | 'gitConfig' | 'nested'>;

/** A notifier that hangs must not keep a hook or a cron job. */
const notifyTimeoutMs = 60_000;

/**
 * What follows a stored run: housekeeping, `jci.notify`, `--push`, `--shell-on-fail`.
 * @returns the exit code of the command: that of the run, unless pushing was asked for and failed.
 */
export async function afterRun(call: Call<RunOptions>, base: Base, report: RunReport): Promise<number> {
  const { options } = call;
  const { settings } = base;
  if (settings.notify !== undefined) await notify(call, settings.notify, report);
  if (options.shellOnFail === true && report.record.status === 'err') await openShell(call);
  return afterAll(call, base, report.exitCode);
}

/** The same for the runs of a range. */
export async function afterRange(call: Call<RunOptions>, base: Base, reports: readonly RunReport[], exitCode: number): Promise<number> {
  const { notify: shellCommand } = base.settings;
  if (shellCommand !== undefined) for (const report of reports) await notify(call, shellCommand, report);
  return afterAll(call, base, exitCode);
}

async function afterAll(call: Call<RunOptions>, { settings, gitConfig, nested }: Base, exitCode: number): Promise<number> {
  const { repo, options } = call;
  await keepRefsPacked(repo);
  const pushed = options.push === undefined ? 0 : await pushAll(call, settings, options.push);
  await keepPacksFew(repo, gitConfig, nested);
  return exitCode === 0 ? pushed : exitCode;
}

async function pushAll(call: Call<RunOptions>, settings: Settings, push: string | true): Promise<number> {
  const { pushAfterRun } = await import('./push-after-run.ts');
  return pushAfterRun(call, settings, push);
}

/** Runs the user's own command with the record on stdin; its failure is said, and changes no verdict. */
async function notify({ ctx, repo, ui }: Call<RunOptions>, shellCommand: string, { record }: RunReport): Promise<void> {
  const result = await command('sh', ['-c', shellCommand], {
    cwd: repo.cwd,
    env: { ...ctx.env, JCI_OUTCOME: record.outcome, JCI_RUN_ID: record.runId, JCI_COMMIT: record.commit },
    input: JSON.stringify(record),
    timeoutMs: notifyTimeoutMs,
  });
  if (result.exitCode === 0) return;
  const words = result.stderr.trim().slice(0, 300);
  ui.warn(`jci.notify failed (${endOf(result)})${words === '' ? '' : `: ${words}`}`);
}

function endOf({ exitCode, signal, timedOut, startError }: CommandResult): string {
  if (timedOut) return `ended after ${formatDuration(notifyTimeoutMs)}`;
  return startError ?? signal ?? `exit ${exitCode}`;
}

async function openShell({ ctx, repo, ui }: Call<RunOptions>): Promise<void> {
  if (!ctx.stdout.isTTY) {
    ui.warn('--shell-on-fail needs a terminal');
    return;
  }
  ui.say(`a shell in ${repo.cwd}; leave it with exit`);
  await command(ctx.env['SHELL'] ?? 'bash', [], { cwd: repo.cwd, env: ctx.env, stdio: 'inherit' });
}
