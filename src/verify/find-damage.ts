import { checkObjects, type ObjectFault } from '../git/check-objects.ts';
import type { Repository } from '../git/repository.ts';
import { isGitlink, isTreeEntry, treeEntries } from '../git/tree-entries.ts';
import type { ObjectId } from '../model/object-id.ts';
import type { StoredRunRef } from '../store/run-list.ts';

/** An object of a result that is not what it should be. */
export interface Damage {
  /** Which artefact or folder it is, with `/` between names; empty for the result's commit and its root folder. */
  path: string;
  type: 'commit' | 'tree' | 'blob';
  id: ObjectId;
  /** `foreign`: a healthy object of another kind than it should be. */
  kind: ObjectFault['kind'] | 'foreign';
  /** The rest of a sentence that begins with the path. */
  words: string;
}

/** The folders of so many results are held in memory, to tell afterwards which artefact is damaged. */
const runsAtOnce = 500;

/** So many blobs are remembered as sound, so that an artefact that all runs share is hashed once. */
const mostRemembered = 1_000_000;

/** Places that are told of each result: a damaged artefact may stand in more of them than there is room for. */
export const mostDamage = 10_000;

/**
 * Hashes every object of these results.
 * @returns the damage by result id; results that are whole are not in it.
 */
export async function findDamage(repo: Repository, runs: readonly StoredRunRef[]): Promise<Map<ObjectId, Damage[]>> {
  const damages = new Map<ObjectId, Damage[]>();
  const sound = new Set<ObjectId>();
  for (let start = 0; start < runs.length; start += runsAtOnce) {
    if (sound.size > mostRemembered) sound.clear();
    const results = runs.slice(start, start + runsAtOnce).map(({ result }) => result);
    for (const [result, damage] of await damageOf(repo, results, sound)) damages.set(result, damage);
  }
  return damages;
}

/** What refers to what, as far as it is sound. */
interface Structure {
  /** The root tree of each result. */
  roots: Map<ObjectId, ObjectId>;
  /** The content of each tree. */
  trees: Map<ObjectId, Buffer>;
  /** Annotated tags: no result has one. */
  tags: Set<ObjectId>;
}

async function damageOf(repo: Repository, results: readonly ObjectId[], sound: Set<ObjectId>): Promise<Map<ObjectId, Damage[]>> {
  const structure: Structure = { roots: new Map(), trees: new Map(), tags: new Set() };
  const blobs = new Set<ObjectId>();
  const faults = await checkObjects(repo, {
    format: repo.objectFormat,
    ids: results,
    next(id, type, body) {
      if (type === 'commit') return [rootOf(structure, id, body)];
      if (type === 'tag') {
        structure.tags.add(id);
        return [];
      }
      if (type !== 'tree') throw new Error(`it is a ${type}`);
      structure.trees.set(id, body);
      return childrenOf(repo, body, sound, blobs);
    },
  });
  for (const id of blobs) if (!faults.has(id)) sound.add(id);
  if (faults.size === 0 && structure.tags.size === 0 && results.every((id) => structure.roots.has(id))) return new Map();
  const hurt = hurtTrees(repo, structure, faults);
  const damages = results.map((result) => [result, locate(repo, result, { structure, faults, hurt })] as const);
  return new Map(damages.filter(([, damage]) => damage.length > 0));
}

function rootOf({ roots }: Structure, commit: ObjectId, body: Buffer): ObjectId {
  const root = /^tree ([0-9a-f]{40,64})\n/.exec(body.toString('latin1'))?.[1];
  if (root === undefined) throw new Error('it names no tree');
  roots.set(commit, root);
  return root;
}

function* childrenOf(repo: Repository, tree: Buffer, sound: ReadonlySet<ObjectId>, blobs: Set<ObjectId>): Generator<ObjectId> {
  for (const entry of treeEntries(tree, repo.objectFormat)) {
    if (isGitlink(entry) || sound.has(entry.id)) continue;
    if (!isTreeEntry(entry)) blobs.add(entry.id);
    yield entry.id;
  }
}

/** What is known after all was read. */
interface Findings {
  structure: Structure;
  faults: ReadonlyMap<ObjectId, ObjectFault>;
  /** The trees with damage in them, at any depth. */
  hurt: ReadonlySet<ObjectId>;
}

/** From the damage upwards: however often a few trees name each other, each of them is looked at once. */
function hurtTrees(repo: Repository, structure: Structure, faults: Findings['faults']): Set<ObjectId> {
  const hurt = new Set<ObjectId>();
  const parents = new Map<ObjectId, ObjectId[]>();
  for (const [tree, body] of structure.trees) {
    // One that is malformed is no list of anything.
    if (faults.has(tree)) continue;
    for (const entry of treeEntries(body, repo.objectFormat)) {
      if (isGitlink(entry)) continue;
      const type = isTreeEntry(entry) ? 'tree' : 'blob';
      if (faults.has(entry.id) || wrongType({ type, id: entry.id }, structure) !== undefined) hurt.add(tree);
      else if (type === 'tree') append(parents, entry.id, tree);
    }
  }
  // What is added to a set while it is walked is walked, too.
  for (const tree of hurt) for (const parent of parents.get(tree) ?? []) hurt.add(parent);
  return hurt;
}

function append(lists: Map<ObjectId, ObjectId[]>, key: ObjectId, value: ObjectId): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else if (list.at(-1) !== value) list.push(value);
}

/** Walks one result again, now that it is known what to look for, and where it is not. */
function locate(repo: Repository, result: ObjectId, { structure, faults, hurt }: Findings): Damage[] {
  const damage: Damage[] = [];
  const rest: Place[] = [{ path: '', type: 'commit', id: result }];
  for (let place = rest.pop(); place !== undefined && damage.length < mostDamage; place = rest.pop()) {
    const fault = faults.get(place.id) ?? wrongType(place, structure);
    if (fault !== undefined) damage.push({ ...place, ...fault });
    else if (place.type === 'commit' || hurt.has(place.id)) {
      for (const inside of below(repo, place, structure).reverse()) rest.push(inside);
    }
  }
  return damage;
}

type Place = Pick<Damage, 'path' | 'type' | 'id'>;

function wrongType({ type, id }: Omit<Place, 'path'>, { roots, trees, tags }: Structure): Pick<Damage, 'kind' | 'words'> | undefined {
  if (tags.has(id)) return { kind: 'foreign', words: 'is a tag' };
  if (type === 'commit' && !roots.has(id)) return { kind: 'foreign', words: 'is no commit' };
  if (type === 'tree' && !trees.has(id)) return { kind: 'foreign', words: 'is no list of files' };
  return undefined;
}

function below(repo: Repository, { path, type, id }: Place, { roots, trees }: Structure): Place[] {
  const root = roots.get(id);
  if (type === 'commit') return root === undefined ? [] : [{ path: '', type: 'tree', id: root }];
  const body = type === 'tree' ? trees.get(id) : undefined;
  if (body === undefined) return [];
  return [...treeEntries(body, repo.objectFormat)]
    .filter((entry) => !isGitlink(entry))
    .map((entry) => ({ path: `${path === '' ? '' : `${path}/`}${decode(entry.name)}`, type: isTreeEntry(entry) ? 'tree' : 'blob', id: entry.id }));
}

/** Bytes that are not UTF-8 are replaced. */
const decode = (name: string): string => Buffer.from(name, 'latin1').toString('utf8');
