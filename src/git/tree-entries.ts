import type { ObjectFormat, ObjectId } from '../model/object-id.ts';

/** One line of a tree object. */
export interface TreeEntry {
  /** `40000` for a tree, `160000` for a commit of another repository. */
  mode: string;
  /** One character per byte: names need not be UTF-8. */
  name: string;
  id: ObjectId;
}

/**
 * Reads the content of a tree object.
 * @throws Error when it is none.
 */
export function* treeEntries(body: Buffer, format: ObjectFormat): Generator<TreeEntry, void, void> {
  const idBytes = format === 'sha1' ? 20 : 32;
  for (let at = 0; at < body.length; ) {
    const blank = body.indexOf(0x20, at);
    const zero = body.indexOf(0, blank);
    const end = zero + 1 + idBytes;
    if (blank < at || zero < blank || end > body.length) throw new Error('it is no list of files');
    yield {
      mode: body.toString('latin1', at, blank),
      name: body.toString('latin1', blank + 1, zero),
      id: body.toString('hex', zero + 1, end),
    };
    at = end;
  }
}

export const isTreeEntry = ({ mode }: TreeEntry): boolean => mode === '40000';
export const isGitlink = ({ mode }: TreeEntry): boolean => mode === '160000';
