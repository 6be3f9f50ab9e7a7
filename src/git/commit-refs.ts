import { refusal } from '../base/errors.ts';
import { lastWords, tryGit, type GitPlace } from './exec.ts';
import type { RefTip } from './refs.ts';

/** A ref with what a result must and must not be. */
export interface CommitRef extends RefTip {
  type: string;
  /** How many; 0 for anything but a commit. */
  parents: number;
}

/**
 * Lists refs with the kind of what they point to, with one git process that opens every one of them.
 * @param prefix ends with `/`.
 * @throws JciError (3) when an object is missing.
 */
export async function listCommitRefs(place: GitPlace, prefix: string): Promise<CommitRef[]> {
  const args = ['for-each-ref', '--format=%(objectname) %(objecttype) %(refname) %(parent)', prefix];
  const result = await tryGit(place, args);
  if (result.exitCode !== 0) throw damaged(lastWords(result.stderr));
  return result.stdout
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      // A space follows the name also where no parent does.
      const [id = '', type = '', ref = '', ...parents] = line.split(' ');
      return { id, type, ref, parents: parents.filter(Boolean).length };
    });
}

const damaged = (words: string): Error =>
  refusal(`a result in this repository is damaged: ${words}`, { hint: 'git jci verify --all tells which' });
