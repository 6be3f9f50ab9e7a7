import { refusal } from '../../base/errors.ts';
import { collectGarbage, findLostWork, type LostWork } from '../../git/garbage.ts';
import type { Repository } from '../../git/repository.ts';
import { listLiveRuns } from '../../store/all-runs.ts';
import type { Call } from '../command.ts';
import { countOf } from '../render/words.ts';
import { lostWorkWords } from './describe.ts';
import type { PruneOptions } from './options.ts';

/** Objects of a run that is being stored have no ref yet. @throws JciError (3) while there is one. */
export async function refuseWhileLive(repo: Repository): Promise<void> {
  const live = await listLiveRuns(repo);
  if (live.length === 0) return;
  throw refusal(`${countOf(live.length, 'run')} under way: --now could take what ${live.length === 1 ? 'it is' : 'they are'} about to store`, {
    hint: 'wait for it, or leave out --now: git frees the space in its own time',
  });
}

/** Says what `git gc` will destroy besides the pruned runs, before it does. */
export async function sayLostWork({ repo, ui, options }: Call<PruneOptions>): Promise<LostWork> {
  const lost = await findLostWork(repo);
  const words = lostWorkWords(lost);
  if (words !== undefined) ui.warn(`--now ${options.commit === true ? 'destroys' : 'would also destroy'} ${words}, for good (git fsck --unreachable lists what)`);
  return lost;
}

/** Lets git free at once what nothing leads to any more. @throws JciError (3) while runs are under way, (128) when git fails. */
export async function freeSpace({ ctx, repo, ui }: Call<PruneOptions>): Promise<void> {
  // What is written from this second on is not ours to take: a run may begin at any moment.
  const before = Math.floor(ctx.now() / 1000) - 1;
  await refuseWhileLive(repo);
  ui.say('freeing space with git gc');
  await collectGarbage(repo, before, ctx.stderr.isTTY);
}
