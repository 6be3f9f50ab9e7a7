import { exitCode } from '../../base/exit-codes.ts';
import { loadSettings } from '../../config/load.ts';
import type { GitConfig } from '../../git/config.ts';
import { remoteNames } from '../../git/remote.ts';
import { bytesFreed, measurePlan, planPrune, type PrunePlan, type Sizes } from '../../prune/plan.ts';
import { removeRuns } from '../../prune/remove.ts';
import type { Call } from '../command.ts';
import { recoverRuns } from '../session.ts';
import { countOf } from '../render/words.ts';
import { runLines, runsAsJson, sizeWords, whatStays } from './describe.ts';
import { freeSpace, refuseWhileLive, sayLostWork } from './free-space.ts';
import { parseRules, type PruneOptions } from './options.ts';

/** `git jci prune`. @returns the exit code. */
export async function pruneCommand(call: Call<PruneOptions>): Promise<number> {
  const { repo, ui, options } = call;
  await recoverRuns(repo, ui);
  const { settings, warnings, git } = await loadSettings(repo);
  for (const warning of warnings) ui.warn(warning);
  const rules = parseRules(repo, options, settings);
  if (options.onRemote !== undefined) {
    const { pruneRemote } = await import('./prune-remote.ts');
    return pruneRemote(call, rules, options.onRemote === true ? undefined : options.onRemote);
  }
  if (options.now === true) await refuseWhileLive(repo);
  const plan = await planPrune(repo, rules, rules.maxBytes);
  const code = await pruneHere(call, plan);
  for (const hint of hints(plan, options, git)) ui.say(`hint: ${hint}`);
  return code;
}

async function pruneHere(call: Call<PruneOptions>, plan: PrunePlan): Promise<number> {
  const { ctx, repo, ui, options } = call;
  const commit = options.commit === true;
  const tips = plan.remove.map(({ run }) => ({ ref: run.ref, id: run.result }));
  const lost = options.now === true ? await sayLostWork(call) : undefined;
  // Deleting a ref leaves the objects, so they can be measured meanwhile.
  const [removed, sizes] = await Promise.all([commit ? removeRuns(repo, tips) : [], measure(call, plan)]);
  const bytes = sizes === undefined ? undefined : bytesFreed(plan, sizes);
  if (ui.json) {
    const { protected: protectedRuns } = plan;
    ui.printJson({ version: 1, remote: null, committed: commit, runs: runsAsJson(plan.remove, sizes), stay: plan.stay.length, protected: protectedRuns, bytes: bytes ?? null, ...(lost === undefined ? {} : { lost }) });
  } else {
    if (plan.remove.length > 0) ui.print(runLines(plan.remove, ctx.now()));
    for (const line of [...whatStays(plan), outcome(plan, commit ? removed.length : undefined, bytes, options)]) ui.say(line);
  }
  if (commit && options.now === true) await freeSpace(call);
  return exitCode.ok;
}

/** What may surprise somebody who has just read what went, or that nothing did. */
function hints({ remove }: PrunePlan, { commit, keepLast, json }: PruneOptions, git: GitConfig): string[] {
  if (json === true) return [];
  if (remove.length === 0) return keepLast === undefined ? [] : ['--keep-last protects runs; say what is to go, for example: --older-than 30d'];
  const isShared = remoteNames(git).length > 0;
  return commit === true && isShared ? ['git jci pull brings back what a remote still has; there it is pruned with --on-remote'] : [];
}

/** What cannot be measured because results are damaged may well be what somebody wants to be rid of. */
async function measure({ repo, ui }: Call<PruneOptions>, plan: PrunePlan): Promise<Sizes | undefined> {
  if (plan.sizes !== undefined) return plan.sizes;
  if (plan.remove.length === 0) return new Map();
  return measurePlan(repo, plan).catch((error: unknown) => {
    ui.warn(`the size could not be told: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  });
}

function outcome({ remove, stay }: PrunePlan, removed: number | undefined, bytes: number | undefined, { now }: PruneOptions): string {
  const all = remove.length + stay.length;
  if (remove.length === 0) return all === 0 ? 'nothing to prune: there are no runs' : `nothing to prune: no rule is against any of ${countOf(all, 'run')}`;
  if (removed === undefined) return `would remove ${remove.length} of ${countOf(all, 'run')} and free ${sizeWords(bytes)}; do it with --commit`;
  const when = now === true ? '' : '; git frees the space in its own time, --now does it at once';
  return `removed ${removed} of ${countOf(all, 'run')}: ${sizeWords(bytes)}${when}`;
}
