import { fatalError, isSystemError } from '../base/errors.ts';
import type { ObjectId } from '../model/object-id.ts';
import { startInBackground } from '../proc/background.ts';
import { command } from '../proc/command.ts';
import type { GitConfig } from './config.ts';
import { git, lastWords, type GitPlace } from './exec.ts';

/** Commits that no ref and no reflog leads to: garbage to git, perhaps not to their author. */
export interface LostWork {
  /** Dropped stashes. */
  stashes: number;
  /** Other commits: amended, rebased, reset away, of deleted branches. */
  commits: number;
}

/**
 * Counts what a garbage collection without a period of grace would destroy, apart from results of runs.
 */
export async function findLostWork(place: GitPlace): Promise<LostWork> {
  const output = await git(place, ['fsck', '--unreachable', '--connectivity-only', '--no-progress']);
  const ids = output
    .toString('latin1')
    .split('\n')
    .flatMap((line) => /^unreachable commit ([0-9a-f]+)$/.exec(line)?.[1] ?? []);
  return classify(await describeCommits(place, ids));
}

interface LostCommit {
  id: ObjectId;
  parents: string[];
  subject: string;
}

async function describeCommits(place: GitPlace, ids: readonly ObjectId[]): Promise<LostCommit[]> {
  if (ids.length === 0) return [];
  const args = ['log', '--no-walk=unsorted', '--stdin', '-z', '--format=%H%n%P%n%s'];
  const output = await git(place, args, { input: `${ids.join('\n')}\n` });
  return output
    .toString('utf8')
    .split('\0')
    .filter((entry) => entry.trim() !== '')
    .map((entry) => {
      const [id = '', parents = '', subject = ''] = entry.split('\n');
      return { id, parents: parents.split(' ').filter(Boolean), subject };
    });
}

/** A stash is a commit whose second parent holds the index, and whose third, if any, the untracked files. */
function classify(commits: readonly LostCommit[]): LostWork {
  const subjects = new Map(commits.map(({ id, subject }) => [id, subject]));
  const isPart = ({ subject }: LostCommit): boolean => /^(?:index|untracked files) on /.test(subject);
  const isStash = ({ parents }: LostCommit): boolean => subjects.get(parents[1] ?? '')?.startsWith('index on ') === true;
  const isResult = ({ parents, subject }: LostCommit): boolean => parents.length === 0 && subject.startsWith('CI results for ');
  const stashes = commits.filter(isStash).length;
  const others = commits.filter((commit) => !isPart(commit) && !isStash(commit) && !isResult(commit));
  return { stashes, commits: others.length };
}

/**
 * Runs `git gc`, which frees everything that nothing leads to, if it is older than `before`.
 *
 * With `--prune=now` it would take the objects of a run that is being stored at this moment, before it has its ref.
 * @param before unix seconds.
 * @param terminal shows git's own progress, which it reports to a terminal only.
 * @throws JciError (128) when git fails.
 */
export async function collectGarbage(place: GitPlace, before: number, terminal: boolean): Promise<void> {
  const args = ['gc', `--prune=@${before}`, ...(terminal ? [] : ['--quiet'])];
  const result = await command('git', args, { cwd: place.cwd, env: place.env, stdio: terminal ? 'inherit' : 'pipe' });
  if (result.exitCode !== 0) throw fatalError(`git gc failed (exit ${result.exitCode ?? 'none'}): ${lastWords(result.stderr)}`);
}

/** Long enough for the slowest run to give what it stores a ref. */
const leastGrace = '1.day.ago';

/**
 * Starts `git maintenance run --auto` in the background: git decides what is to be done, and lets nobody else begin meanwhile.
 *
 * What no ref leads to yet is safe as long as it is young. A user may have told git to throw such things away at once;
 * nobody watches this git, so it waits a day.
 */
export async function startMaintenance(place: GitPlace, config: GitConfig): Promise<void> {
  const isAtOnce = /^(?:now|all)$/.test(config.get('gc.pruneexpire')?.at(-1) ?? '');
  const options = isAtOnce ? ['-c', `gc.pruneExpire=${leastGrace}`] : [];
  try {
    await startInBackground('git', [...options, 'maintenance', 'run', '--auto', '--quiet'], { cwd: place.cwd, env: place.env });
  } catch (error) {
    // No room for a process: after the next run there may be.
    if (!isSystemError(error)) throw error;
  }
}
