import { gitFailed, tryGit, type GitPlace } from './exec.ts';
import type { ObjectId } from '../model/object-id.ts';

/** A file, a link, a folder or a commit of another repository, as a tree lists it. */
export interface ListedEntry {
  /** Six digits: `040000` for a folder, `160000` for a commit of another repository. */
  mode: string;
  id: ObjectId;
  /** 0 for what is no file, and where sizes are not asked for. */
  size: number;
  /** The bytes: names need not be UTF-8. */
  path: Buffer;
}

/**
 * Lists a tree with one git process, an entry at a time: a few trees that name each other again and again have more
 * entries than anybody has room for.
 * @param how `flat`: one folder, of which nothing else is opened. `deep`: also all that is below, with sizes, folders before what is in them.
 * @param take returns `false` to stop: git is ended.
 * @returns whether it was listed to its end; it is not either when a path is longer than anybody's.
 * @throws JciError (128) when git cannot read it.
 */
export async function listTree(place: GitPlace, tree: string, how: 'flat' | 'deep', take: (entry: ListedEntry) => boolean): Promise<boolean> {
  const stop = new AbortController();
  const takeChunk = takeRecords((record) => take(parseEntry(record)));
  // With folders: empty ones may be as many.
  const args = ['ls-tree', ...(how === 'deep' ? ['-r', '-t', '-l'] : []), '-z', '--full-tree', tree];
  const ended = await tryGit(place, args, {
    signal: stop.signal,
    onStdout(chunk) {
      if (!stop.signal.aborted && !takeChunk(chunk)) stop.abort();
    },
  });
  if (stop.signal.aborted) return false;
  if (ended.exitCode !== 0) throw gitFailed(args, ended);
  return true;
}

/** Git itself knows no limit. */
const longestRecord = 1024 * 1024;

/** Takes apart records that end with a zero byte, in any chunks. @returns a function that says whether to go on. */
function takeRecords(take: (record: Buffer) => boolean): (chunk: Buffer) => boolean {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, start)) {
      if (!take(bytes.subarray(start, end))) return false;
      start = end + 1;
    }
    // A copy, since Node uses its buffers again.
    rest = Buffer.from(bytes.subarray(start));
    return rest.length <= longestRecord;
  };
}

/** `<mode> <type> <id>[ <size>]\t<path>`, the size padded with spaces. */
function parseEntry(record: Buffer): ListedEntry {
  const tab = record.indexOf(9);
  const [mode = '', , id = '', size = ''] = record.toString('latin1', 0, tab).split(/ +/);
  return { mode, id, size: Number(size) || 0, path: Buffer.from(record.subarray(tab + 1)) };
}
