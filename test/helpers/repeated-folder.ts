import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface File {
  path: string;
  mode: number;
  modified: Date;
  content: Buffer;
}

/** A folder as it was: paths relative to it, parents before what they hold. */
interface Snapshot {
  folders: string[];
  files: File[];
}

const snapshots = new Map<string, Snapshot>();

/**
 * Has a folder filled by `make` the first time that this process asks for `key`, and with the same as it was then each time after: most tests begin
 * with the same repository, and the four git processes that make it take longer than some of the tests.
 * @param folder of regular files and folders only, that know nothing of where they are.
 */
export async function fillFolder(folder: string, key: string, make: () => Promise<void>): Promise<void> {
  const known = snapshots.get(key);
  if (known === undefined) {
    await make();
    snapshots.set(key, takeSnapshot(folder));
  } else {
    restore(folder, known);
  }
}

function takeSnapshot(folder: string): Snapshot {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const known = paths.map((path) => ({ path, stat: lstatSync(join(folder, path)) }));
  return {
    folders: known.filter(({ stat }) => stat.isDirectory()).map(({ path }) => path),
    files: known
      .filter(({ stat }) => stat.isFile())
      .map(({ path, stat: { mode, mtime } }) => ({ path, mode, modified: mtime, content: readFileSync(join(folder, path)) })),
  };
}

function restore(folder: string, { folders, files }: Snapshot): void {
  for (const path of folders) mkdirSync(join(folder, path));
  for (const { path, mode, modified, content } of files) {
    writeFileSync(join(folder, path), content, { mode });
    // What is as young as the index, git would read again.
    utimesSync(join(folder, path), modified, modified);
  }
  const index = files.find(({ path }) => path === '.git/index');
  if (index !== undefined) writeFileSync(join(folder, index.path), withTimesOf(folder, index.content));
}

const headerBytes = 12;
const statBytes = 40;

/**
 * The index with what the file system says of its only file now: to git it is as if the file had just been added.
 * The format: https://git-scm.com/docs/index-format
 */
function withTimesOf(folder: string, index: Buffer): Buffer {
  const isSha256 = readFileSync(join(folder, '.git/config'), 'utf8').includes('sha256');
  const hashBytes = isSha256 ? 32 : 20;
  const nameAt = headerBytes + statBytes + hashBytes + 2;
  const name = index.toString('utf8', nameAt, index.indexOf(0, nameAt));
  const { ctimeNs, mtimeNs, dev, ino } = lstatSync(join(folder, name), { bigint: true });
  const body = Buffer.from(index.subarray(0, -hashBytes));
  const second = 1_000_000_000n;
  const fields = [ctimeNs / second, ctimeNs % second, mtimeNs / second, mtimeNs % second, dev, ino];
  fields.forEach((value, at) => body.writeUInt32BE(Number(BigInt.asUintN(32, value)), headerBytes + 4 * at));
  return Buffer.concat([body, createHash(isSha256 ? 'sha256' : 'sha1').update(body).digest()]);
}
