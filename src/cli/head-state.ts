import { loadSettings } from '../config/load.ts';
import { JciError } from '../base/errors.ts';
import { openRepository } from '../git/repository.ts';
import { shortId } from '../model/object-id.ts';
import { listLiveRuns } from '../store/all-runs.ts';
import { verdictOf } from '../store/verdict.ts';
import type { Call } from './command.ts';
import { verdictSentence } from './verdict/verdict-sentence.ts';
import { statusSymbol } from './render/status-symbol.ts';

/**
 * How HEAD is doing, for the overview.
 * @returns lines to print; none outside a repository, or where its configuration cannot be read.
 */
export async function headState({ ctx, ui }: Call<unknown>): Promise<readonly string[]> {
  try {
    const repo = await openRepository(ctx);
    if (repo.head === undefined) return [];
    const { settings } = await loadSettings(repo);
    const verdict = await verdictOf(repo, repo.head, settings);
    const live = (await listLiveRuns(repo)).map(({ runId, commit }) => `run ${runId} of ${shortId(commit)} is under way`);
    const sentence = verdictSentence(verdict, repo.head.commit);
    return [`HEAD: ${statusSymbol(verdict.verdict, ctx, ui.out)} ${sentence}`, ...live];
  } catch (error) {
    // The overview is shown everywhere.
    if (error instanceof JciError) return [];
    throw error;
  }
}
