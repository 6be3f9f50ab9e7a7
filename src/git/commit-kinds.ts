import type { ObjectId } from '../model/object-id.ts';
import type { GitPlace } from './exec.ts';
import { streamObjects } from './objects.ts';
import { wholeObjectLimits } from './whole-objects.ts';

/** What a result must and must not be. */
export interface CommitKind {
  type: string;
  hasParents: boolean;
  /** More than is ever read of a commit: its message has no end. */
  isTooBig: boolean;
}

/** Looks at objects with one git process; those that are not here are not among the answers. */
export async function readCommitKinds(place: GitPlace, ids: readonly ObjectId[]): Promise<Map<ObjectId, CommitKind>> {
  const kinds = new Map<ObjectId, CommitKind>();
  let id = '';
  let type = '';
  let start = '';
  let isTooBig = false;
  await streamObjects(place, ids, {
    begin(header) {
      id = header?.id ?? '';
      type = header?.type ?? '';
      start = '';
      isTooBig = header?.type === 'commit' && header.size > wholeObjectLimits.commit;
    },
    data(chunk) {
      if (start.length < headBytes) start += chunk.toString('latin1', 0, headBytes);
    },
    end() {
      kinds.set(id, { type, hasParents: type === 'commit' && /^tree [0-9a-f]+\nparent /.test(start), isTooBig });
    },
  });
  return kinds;
}

/** The first parent, if any, stands behind the tree. */
const headBytes = 128;
