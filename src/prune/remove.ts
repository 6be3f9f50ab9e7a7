import { fatalError, refusal } from '../base/errors.ts';
import { changeRefs, listRunRefs, type RefTip } from '../git/refs.ts';
import type { Repository } from '../git/repository.ts';

/**
 * Deletes run refs of this repository in one transaction, each only if it still is what it was when we looked.
 *
 * If one is not, git refuses the whole transaction; then the others are tried again, which ends because there are fewer each time.
 * @returns the names that are gone now by our doing.
 * @throws JciError (3) when another git process holds the refs, (128) when git cannot write them.
 */
export async function removeRuns(repo: Repository, tips: readonly RefTip[]): Promise<string[]> {
  for (let left = tips; ; ) {
    const refused = await changeRefs(repo, left.map(({ ref, id }) => ({ ref, remove: id })));
    if (refused === undefined) return left.map(({ ref }) => ref);
    const here = new Map((await listRunRefs(repo)).map(({ ref, id }) => [ref, id]));
    const same = left.filter(({ ref, id }) => here.get(ref) === id);
    if (same.length === left.length) throw whyRefused(refused);
    left = same;
  }
}

function whyRefused(words: string): Error {
  if (/\.lock/.test(words)) return refusal(`another git process is at work: ${words}`, { hint: 'nothing was removed; run it again when that one is done' });
  return fatalError(`git could not delete the refs: ${words}`);
}
