import type { ObjectId } from '../model/object-id.ts';

export interface GitObject {
  id: ObjectId;
  type: 'commit' | 'tree' | 'blob' | 'tag';
  body: Buffer;
}

/**
 * Reads the answers of `git cat-file --batch` from a stream in any chunks: one per name asked, in order.
 *
 * An answer is `<id> <type> <size>\n<body>\n`, or `<name> missing\n` / `<name> ambiguous\n`, given as `undefined`.
 */
export function createBatchParser(onAnswer: (object: GitObject | undefined) => void): (chunk: Buffer) => void {
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let header: { id: string; type: GitObject['type']; size: number } | undefined;

  const take = (): boolean => {
    if (header === undefined) return takeHeader();
    if (pendingBytes < header.size + 1) return false;
    const all = joined();
    onAnswer({ id: header.id, type: header.type, body: Buffer.from(all.subarray(0, header.size)) });
    keep(all.subarray(header.size + 1));
    header = undefined;
    return true;
  };
  const takeHeader = (): boolean => {
    const all = joined();
    const end = all.indexOf(10);
    if (end < 0) return false;
    const line = all.toString('utf8', 0, end);
    const match = /^([0-9a-f]{40,64}) (commit|tree|blob|tag) (\d+)$/.exec(line);
    keep(all.subarray(end + 1));
    if (match === null) onAnswer(undefined);
    else header = { id: match[1] ?? '', type: match[2] as GitObject['type'], size: Number(match[3]) };
    return true;
  };
  const joined = (): Buffer => {
    const all = pending.length === 1 && pending[0] !== undefined ? pending[0] : Buffer.concat(pending);
    pending = [all];
    return all;
  };
  const keep = (rest: Buffer): void => {
    pending = [rest];
    pendingBytes = rest.length;
  };
  return (chunk) => {
    pending.push(chunk);
    pendingBytes += chunk.length;
    while (take());
  };
}
