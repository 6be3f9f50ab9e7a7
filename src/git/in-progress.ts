import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** An operation of git that makes commits, or moves between them, on its own. */
export type GitOperation = 'rebase' | 'am' | 'bisect' | 'cherry-pick';

const signs: readonly (readonly [file: string, operation: GitOperation])[] = [
  ['rebase-merge', 'rebase'],
  ['rebase-apply/applying', 'am'],
  ['rebase-apply', 'rebase'],
  ['BISECT_LOG', 'bisect'],
  // Several commits picked or reverted at once; a single one leaves no such folder.
  ['sequencer', 'cherry-pick'],
];

/**
 * What is under way in a worktree, by the files that git itself goes by.
 * @param gitDir of this worktree: each one is rebased and bisected by itself.
 */
export const operationInProgress = (gitDir: string): GitOperation | undefined =>
  signs.find(([file]) => existsSync(join(gitDir, file)))?.[1];
