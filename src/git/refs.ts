import type { ObjectId } from '../model/object-id.ts';
import { runRefPrefix } from '../model/run-ref.ts';
import { git, gitFailed, lastWords, tryGit, tryGitForLines, type GitPlace } from './exec.ts';

export interface RefTip {
  ref: string;
  id: ObjectId;
}

/**
 * Lists refs with one git process that opens no object: a format with trailers or types would open every one.
 * @param patterns full names or prefixes ending in `/`.
 */
export async function listRefs(place: GitPlace, patterns: readonly string[]): Promise<RefTip[]> {
  const args = ['for-each-ref', '--format=%(objectname) %(refname)', ...patterns];
  const result = await tryGitForLines(place, args);
  if (result.exitCode !== 0) throw gitFailed(args, result);
  const text = result.stdout.toString('utf8');
  const tips: RefTip[] = [];
  for (let start = 0, end = text.indexOf('\n'); end >= 0; start = end + 1, end = text.indexOf('\n', start)) {
    const space = text.indexOf(' ', start);
    tips.push({ id: text.slice(start, space), ref: text.slice(space + 1, end) });
  }
  return tips;
}

/**
 * The names of all refs below a prefix, sorted, one a line: a quarter of the time that git takes to list them with their ids.
 * @param prefix ends with `/`.
 * @returns `undefined` when git complained about one of them, which it may have left out then.
 */
export async function listRefNames(place: GitPlace, prefix: string): Promise<Buffer | undefined> {
  const { exitCode, stdout, stderr } = await tryGitForLines(place, ['rev-parse', '--symbolic', `--glob=${prefix}*`]);
  return exitCode === 0 && stderr === '' ? stdout : undefined;
}

export type RefChange =
  | { ref: string; create: ObjectId }
  | { ref: string; remove: ObjectId };

/**
 * Creates and deletes refs in one transaction of one git process: all or nothing.
 *
 * A creation fails if the ref exists, a deletion if it has moved: git's own compare-and-swap.
 * @param sync `each` ref to disk before git says that it is there, which costs some 3 ms each; `later` where `packRefs`
 * follows, which syncs them all at once.
 * @returns `undefined`, or git's words when the transaction was refused.
 */
export async function changeRefs(place: GitPlace, changes: readonly RefChange[], sync: 'each' | 'later' = 'each'): Promise<string | undefined> {
  if (changes.length === 0) return undefined;
  const input = changes.map(changeLine).join('');
  const result = await tryGit(place, [...(sync === 'each' ? durableWrites : []), 'update-ref', '--stdin', '-z'], { input });
  return result.exitCode === 0 ? undefined : lastWords(result.stderr);
}

/**
 * Creates one ref whose id is still on its way: git is started meanwhile, and waits for it.
 * @returns `undefined`, or git's words when there is such a ref already.
 * @throws what `id` is rejected with.
 */
export async function createRefOnceKnown(place: GitPlace, ref: string, id: Promise<ObjectId>): Promise<string | undefined> {
  const result = await tryGit(place, [...durableWrites, 'update-ref', '--stdin', '-z'], {
    input: async (write) => write(changeLine({ ref, create: await id })),
  });
  return result.exitCode === 0 ? undefined : lastWords(result.stderr);
}

/** Git's default syncs neither loose objects nor refs to disk before it says that they are written. */
export const durableWrites: readonly string[] = ['-c', 'core.fsync=objects,derived-metadata,reference'];

function changeLine(change: RefChange): string {
  return 'create' in change
    ? `create ${change.ref}\0${change.create}\0`
    : `delete ${change.ref}\0${change.remove}\0`;
}

/** Writes all refs into git's one packed file: a loose ref costs two disk blocks and a file to open at every listing. */
export async function packRefs(place: GitPlace): Promise<void> {
  await git(place, [...durableWrites, 'pack-refs', '--all']);
}

/** Every ref under our namespace. */
export const listRunRefs = (place: GitPlace): Promise<RefTip[]> => listRefs(place, [runRefPrefix]);
