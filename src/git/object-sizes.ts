import type { ObjectId } from '../model/object-id.ts';
import { git, type GitPlace } from './exec.ts';
import { createRecordSplitter } from './record-splitter.ts';

/**
 * What each commit takes on disk beyond those before it in the list: the packed size of every object that none of them
 * has. Two git processes, one feeding the other, whatever the number of objects.
 *
 * @param commits parentless ones. Objects that are missing count nothing.
 * @returns bytes by commit; those that cannot be read are not in it.
 */
export async function measureCommits(place: GitPlace, commits: readonly ObjectId[]): Promise<Map<ObjectId, number>> {
  const sizes = new Map<ObjectId, number>();
  if (commits.length === 0) return sizes;
  const lines = createRecordSplitter('\n');
  const owners = ownerQueue(new Set(commits));
  await git(place, ['cat-file', '--buffer', '--batch-check=%(objectsize:disk)'], {
    input: (write) => listObjects(place, commits, async (ids) => {
      for (const id of ids) owners.add(id);
      await write(`${ids.join('\n')}\n`);
    }),
    onStdout(chunk) {
      for (const line of lines.take(chunk)) {
        const owner = owners.next();
        // `<id> missing` is no number.
        if (owner !== undefined) sizes.set(owner, (sizes.get(owner) ?? 0) + (Number(line) || 0));
      }
    },
  });
  return sizes;
}

/** Every object once, under the first commit that has it, the commit itself first. */
async function listObjects(place: GitPlace, commits: readonly ObjectId[], onIds: (ids: string[]) => Promise<void>): Promise<void> {
  const how = ['--no-walk=unsorted', '--in-commit-order', '--objects', '--no-object-names', '--missing=allow-any', '--ignore-missing'];
  const lines = createRecordSplitter('\n');
  await git(place, ['rev-list', ...how, '--stdin'], {
    input: `${commits.join('\n')}\n`,
    async onStdout(chunk) {
      const ids = lines.take(chunk);
      if (ids.length > 0) await onIds(ids);
    },
  });
}

interface OwnerQueue {
  add(id: string): void;
  next(): ObjectId | undefined;
}

/** Remembers to which commit the objects belong whose sizes are still to come, without remembering the objects. */
function ownerQueue(commits: ReadonlySet<string>): OwnerQueue {
  const queue: { owner: ObjectId; objects: number }[] = [];
  return {
    add(id) {
      if (commits.has(id)) queue.push({ owner: id, objects: 1 });
      else {
        const last = queue.at(-1);
        if (last !== undefined) last.objects += 1;
      }
    },
    next() {
      while (queue.length > 1 && queue[0]?.objects === 0) queue.shift();
      const first = queue[0];
      if (first !== undefined) first.objects -= 1;
      return first?.owner;
    },
  };
}
