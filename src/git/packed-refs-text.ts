import type { RefTip } from './refs.ts';

/** What git has written since 2.15; other headers promise less, or something that we know nothing of. */
const header = '# pack-refs with: peeled fully-peeled sorted \n';

/**
 * Adds refs to the text of `packed-refs`, one byte per character.
 *
 * A line is `<id> <name>`, sorted by the bytes of the names; one with `^` belongs to the tag before it. What is there stays
 * as it is, byte for byte.
 * @param text empty where there is no such file yet.
 * @param tips commits, under names of ASCII: a tag would need a line of its own.
 * @returns `undefined` for a file in another form, and if a name is taken, or lies below or above one that is.
 */
export function mergePackedRefs(text: string, tips: readonly RefTip[]): string | undefined {
  if (text !== '' && (!text.startsWith(header) || !text.endsWith('\n'))) return undefined;
  const added = tips.map(({ ref, id }): Entry => ({ name: ref, line: `${id} ${ref}` })).sort(byName);
  const kept = text === '' ? [] : parseEntries(text.slice(header.length));
  if (kept === undefined || !areApart(kept, added)) return undefined;
  const merged: string[] = [];
  let next = 0;
  for (const { name, line } of kept) {
    for (let one = added[next]; one !== undefined && one.name < name; one = added[++next]) merged.push(one.line);
    merged.push(line);
  }
  merged.push(...added.slice(next).map(({ line }) => line));
  return `${header}${merged.map((line) => `${line}\n`).join('')}`;
}

interface Entry {
  name: string;
  /** With the line that belongs to it. */
  line: string;
}

const byName = (a: Entry, b: Entry): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

function parseEntries(text: string): Entry[] | undefined {
  const entries: Entry[] = [];
  let last: Entry | undefined;
  for (const line of text === '' ? [] : text.slice(0, -1).split('\n')) {
    const name = /^[0-9a-f]{40,64} (refs\/.+)$/.exec(line)?.[1];
    if (name !== undefined && (last === undefined || last.name < name)) entries.push((last = { name, line }));
    else if (last !== undefined && /^\^[0-9a-f]{40,64}$/.test(line)) last.line += `\n${line}`;
    else return undefined;
  }
  return entries;
}

/** No name twice, and none that would be a folder to another. */
function areApart(kept: readonly Entry[], added: readonly Entry[]): boolean {
  const names = new Set(added.map(({ name }) => name));
  const folders = new Set(added.flatMap(({ name }) => foldersOf(name)));
  const isFolder = (folder: string): boolean => names.has(folder);
  return (
    names.size === added.length &&
    !added.some(({ name }) => folders.has(name)) &&
    !kept.some(({ name }) => names.has(name) || folders.has(name) || foldersOf(name).some(isFolder))
  );
}

function foldersOf(name: string): string[] {
  const folders: string[] = [];
  for (let slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) folders.push(name.slice(0, slash));
  return folders;
}
