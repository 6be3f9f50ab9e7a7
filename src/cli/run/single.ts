import { loadSettings, loadSettingsOf } from '../../config/load.ts';
import { runOnce } from '../../run/run-once.ts';
import { createCancellation } from '../../run/cancellation.ts';
import { reopenRepository } from '../../git/repository.ts';
import { planRun, type Plan } from '../../run/plan.ts';
import type { RunReport, RunRequest } from '../../run/request.ts';
import { outcomeSentence } from '../../run/log-text.ts';
import { verdictOf } from '../../store/verdict.ts';
import { shortId } from '../../model/object-id.ts';
import type { Call } from '../command.ts';
import { statusSymbol } from '../render/status-symbol.ts';
import { namesOf } from '../render/words.ts';
import { identifySelf, recoverRuns } from '../session.ts';
import { toolFolder } from '../self.ts';
import { onCancelSignals } from '../signals.ts';
import { afterRun } from './after-run.ts';
import { parseBranch, parseEnv, parseJobs, parseTrigger, withFlags, type RunOptions } from './options.ts';
import { openRunDisplay } from './run-display.ts';

/** `git jci run [<rev>]`: one run, with its output on the terminal. @returns the exit code. */
export async function runSingle(call: Call<RunOptions>): Promise<number> {
  const { repo, ctx, options, ui } = call;
  await recoverRuns(repo, ui);
  const decision = await decide(call);
  const { base, plan } = decision;
  if (options.ifNeeded === true && !plan.dirty) {
    const known = await verdictOf(repo, plan.facts, base.settings);
    if (known.verdict === 'passed') return alreadyPassed(call, known.run.runId, known.run.commit);
  }
  sayDirty(call, plan);
  const cancellation = createCancellation(() => ctx.elapsed());
  const release = onCancelSignals((signal) => cancellation.cancel(signal, `cancelled by ${signal}`));
  const display = openRunDisplay(call);
  try {
    const shared = { cancellation, terminal: display.terminal, notify: display.tell };
    const report = await runOnce(repo, await requestFor(call, decision, shared));
    sayOutcome(call, report);
    return await afterRun(call, base, report);
  } finally {
    display.end();
    release();
  }
}

interface Decision {
  base: RequestBase;
  plan: Plan;
}

async function decide(call: Call<RunOptions>): Promise<Decision> {
  const { repo, options, args } = call;
  const [base, plan] = await Promise.all([prepareRequests(call), planRun(repo, args[0], options.clean === true || automatic(options))]);
  return { base, plan: base.settings.clean && plan.where === 'work tree' ? await planRun(repo, args[0], true) : plan };
}

type Watchers = Pick<RunRequest, 'cancellation' | 'terminal' | 'notify'>;

async function requestFor(call: Call<RunOptions>, { base, plan }: Decision, watchers: Watchers): Promise<RunRequest> {
  const branch = parseBranch(call.options.branch) ?? plan.branch;
  const request = { ...(await withPlan(call, base, plan)), branch, ...watchers };
  return plan.where === 'worktree' ? request : { ...request, decideAgain: () => decideAgain(call, plan, watchers) };
}

/** After a wait: what runs is what is there now. */
async function decideAgain(call: Call<RunOptions>, before: Plan, watchers: Watchers): Promise<RunRequest> {
  const now = { ...call, repo: await reopenRepository(call.repo) };
  const decision = await decide(now);
  const { facts, dirty } = decision.plan;
  if (facts.commit !== before.facts.commit) call.ui.warn(`HEAD has moved: what runs is ${shortId(facts.commit)}`);
  if (!before.dirty && dirty) sayDirty(call, decision.plan);
  return requestFor(now, decision, watchers);
}

/** What all requests of one command have in common. */
export type RequestBase = Omit<RunRequest, keyof Plan | 'cancellation' | 'terminal' | 'notify' | 'decideAgain'> & {
  /** What has been said of the configuration: once is enough for a range. */
  warned: Set<string>;
};

/** Reads the configuration and the flags that are the same for every run of this command. */
export async function prepareRequests({ ctx, repo, options, ui }: Call<RunOptions>): Promise<RequestBase> {
  const [self, loaded] = await Promise.all([identifySelf(ctx), loadSettings(repo)]);
  const warned = new Set(loaded.warnings);
  for (const warning of warned) ui.warn(warning);
  const settings = withFlags(loaded.settings, options);
  parseJobs(options.jobs, settings.concurrency);
  return {
    settings,
    warned,
    gitConfig: loaded.git,
    trigger: parseTrigger(options.trigger),
    sign: settings.sign,
    env: parseEnv(options.env ?? [], ctx.env, settings.mask),
    secrets: [],
    ...(options.rerunOf === undefined ? {} : { rerunOf: options.rerunOf }),
    ...(options.job === undefined ? {} : { job: options.job }),
    self,
    toolFolder: toolFolder(),
    nested: ctx.env['JCI_RUN_ID'] !== undefined,
  };
}

/**
 * A request for what is planned: exactly a commit runs with the settings that are in it.
 * @throws JciError (usage, 128) for settings of the commit that cannot be used.
 */
export async function withPlan<Base extends RequestBase>({ ctx, repo, options, ui }: Call<RunOptions>, base: Base, plan: Plan): Promise<Base & Plan> {
  if (plan.where === 'work tree') return { ...base, ...plan };
  const loaded = await loadSettingsOf(repo, plan.facts.commit, { git: base.gitConfig, mask: base.settings.mask });
  for (const warning of loaded.warnings.filter((text) => !base.warned.has(text))) ui.warn(warning);
  for (const warning of loaded.warnings) base.warned.add(warning);
  const settings = withFlags(loaded.settings, options);
  return { ...base, ...plan, settings, env: parseEnv(options.env ?? [], ctx.env, settings.mask) };
}

/** Hooks, cron and runners never run in the tree somebody is working in. */
const automatic = ({ trigger }: RunOptions): boolean => trigger !== undefined && trigger !== 'manual';

function sayDirty({ ui }: Call<RunOptions>, plan: Plan): void {
  if (!plan.dirty) return;
  if (plan.unseen.length > 0) ui.warn(`git was told not to look at files that have changes (skip-worktree, assume-unchanged): ${namesOf(plan.unseen)}`);
  ui.warn('the working tree has changes: this run is no verdict on the commit (--clean runs the commit itself)');
}

function alreadyPassed({ ui }: Call<RunOptions>, runId: string, commit: string): number {
  if (ui.json) ui.printJson({ version: 1, needed: false, runId, commit });
  else ui.say(`${ui.err.green('passed')} already in run ${runId} of ${shortId(commit)}: same tree, same script`);
  return 0;
}

function sayOutcome({ ctx, ui, options }: Call<RunOptions>, { record, key, lateNotes }: RunReport): void {
  if (ui.json) {
    ui.printJson(record);
    return;
  }
  for (const note of [...record.notes, ...lateNotes]) ui.warn(note);
  const color = record.status === 'ok' ? ui.err.green : ui.err.red;
  if (options.quiet === true && record.status === 'ok') return;
  const symbol = statusSymbol(record.outcome, ctx, ui.err);
  ui.say(`${symbol} ${color(outcomeSentence(record, record.durationMs))} ${ui.err.dim(`run ${key.runId} of ${shortId(key.commit)}`)}`);
}

