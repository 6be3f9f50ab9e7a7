import type { ObjectId } from '../model/object-id.ts';
import { longestSubject } from './commit-text.ts';
import { git, type GitPlace } from './exec.ts';
import { createRecordSplitter } from './record-splitter.ts';

/** The subjects of many commits with one git process, none longer than `longestSubject`; commits that are not here have none. */
export async function readSubjects(place: GitPlace, commits: readonly ObjectId[]): Promise<Map<ObjectId, string>> {
  const subjects = new Map<ObjectId, string>();
  if (commits.length === 0) return subjects;
  const entries = createRecordSplitter('\0', longestId + 1 + longestSubject);
  // git reads stdin when it comes to `--stdin`: what stands after it has no effect on the ids.
  const args = ['log', '--no-walk=unsorted', '--ignore-missing', '--stdin', '-z', '--format=%H %s'];
  await git(place, args, {
    input: `${commits.join('\n')}\n`,
    onStdout(chunk) {
      for (const entry of entries.take(chunk)) {
        const space = entry.indexOf(' ');
        if (space > 0) subjects.set(entry.slice(0, space), entry.slice(space + 1, space + 1 + longestSubject));
      }
    },
  });
  return subjects;
}

/** Of SHA-256. */
const longestId = 64;
