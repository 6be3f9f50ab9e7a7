import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from '../git/repository.ts';
import { shortId, type ObjectId } from '../model/object-id.ts';
import type { StoredRunRef } from '../store/run-list.ts';
import type { Damage } from './find-damage.ts';

/** More files than anybody types: then git's own check of everything is the place to begin. */
const mostFiles = 3;

/** What to type about a damaged result. Git writes no object that it believes to have: what is damaged must go first. */
export function repairHints(repo: Repository, run: StoredRunRef, damage: readonly Damage[]): string[] {
  if (damage.some(({ kind, type }) => kind === 'foreign' && type === 'commit')) return [`${run.ref} is no result: git update-ref -d ${run.ref}`];
  const present = damage.filter(({ kind }) => kind !== 'missing' && kind !== 'foreign');
  const files = [...new Set(present.map(({ id }) => looseFile(repo, id)).filter((path) => existsSync(path)))];
  const again = `git update-ref -d ${run.ref} && git jci pull, if a remote has it, or run it again: git jci run ${shortId(run.commit)}`;
  if (present.length > files.length || files.length > mostFiles) {
    return ['git fsck --full tells all that is damaged here; what is in a damaged pack is best taken from a fresh clone'];
  }
  return [...(files.length > 0 ? [`take away what is damaged: rm -f ${files.join(' ')}`] : []), `get the result again: ${again}`];
}

const looseFile = (repo: Repository, id: ObjectId): string => join(repo.commonDir, 'objects', id.slice(0, 2), id.slice(2));
