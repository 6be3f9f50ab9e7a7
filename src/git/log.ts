import type { ObjectId } from '../model/object-id.ts';
import { git, type GitPlace } from './exec.ts';

/** The subjects of many commits with one git process; commits that are not here have none. */
export async function readSubjects(place: GitPlace, commits: readonly ObjectId[]): Promise<Map<ObjectId, string>> {
  const subjects = new Map<ObjectId, string>();
  if (commits.length === 0) return subjects;
  // git reads stdin when it comes to `--stdin`: what stands after it has no effect on the ids.
  const args = ['log', '--no-walk=unsorted', '--ignore-missing', '--stdin', '-z', '--format=%H %s'];
  const output = await git(place, args, { input: `${commits.join('\n')}\n` });
  for (const entry of output.toString('utf8').split('\0')) {
    const space = entry.indexOf(' ');
    if (space > 0) subjects.set(entry.slice(0, space), entry.slice(space + 1));
  }
  return subjects;
}
