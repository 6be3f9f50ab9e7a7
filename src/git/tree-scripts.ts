import type { ObjectId } from '../model/object-id.ts';
import type { GitPlace } from './exec.ts';
import { resolveObjects } from './objects.ts';

/** The blobs of `.jci/run.sh` in many trees, with one git process; none for a tree without one. */
export async function readScripts(place: GitPlace, trees: readonly ObjectId[]): Promise<Map<ObjectId, ObjectId>> {
  const found = await resolveObjects(place, trees.map((tree) => `${tree}:.jci/run.sh`));
  return new Map(trees.flatMap((tree, index) => (found[index]?.type === 'blob' ? [[tree, found[index].id]] : [])));
}
