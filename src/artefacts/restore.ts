import { closeSync, mkdirSync, openSync, readdirSync, symlinkSync, writeSync } from 'node:fs';
import { hasCode, messageOf, refusal } from '../base/errors.ts';
import { readBodies, streamObjects } from '../git/objects.ts';
import type { Repository } from '../git/repository.ts';
import { whyUnsafeLink, whyUnsafePath } from '../model/safe-path.ts';
import type { ResultFile } from '../store/read-result.ts';

/** What was restored, and what was left out, in words. */
export interface Restored {
  files: number;
  bytes: number;
  notes: string[];
}

const linkMode = '120000';
const executableMode = '100755';

/**
 * Writes files of a result to a directory of their own, with one git process for all of them.
 *
 * Nothing is ever overwritten, no link is followed (they are made last, when all folders are there), and what would be unsafe is left out and said.
 * @param folder absolute; made if missing.
 * @param onProgress bytes written so far.
 * @throws JciError (3) when the directory is not empty.
 */
export async function restoreFiles(
  repo: Repository,
  files: readonly ResultFile[],
  folder: string,
  onProgress: (bytes: number) => void,
): Promise<Restored> {
  requireEmpty(folder);
  const restored: Restored = { files: 0, bytes: 0, notes: [] };
  const safe = files.filter((file) => isSafe(file, restored));
  const regular = safe.filter(({ mode }) => mode !== linkMode);
  await writeFiles(repo, regular, folder, restored, onProgress);
  await makeLinks(repo, safe.filter(({ mode }) => mode === linkMode), folder, restored);
  return restored;
}

function requireEmpty(folder: string): void {
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length > 0) {
    throw refusal(`the directory ${folder} is not empty`, { hint: 'name a new one with -o DIR' });
  }
}

function isSafe({ path }: ResultFile, restored: Restored): boolean {
  const why = whyUnsafePath(path);
  if (why !== undefined) restored.notes.push(`${path} is left out: ${why}`);
  return why === undefined;
}

/** Paths as bytes: names need not be UTF-8, nor what links point to. */
const targetPath = (folder: string, { rawPath }: ResultFile): Buffer => Buffer.concat([Buffer.from(`${folder}/`), rawPath]);

async function writeFiles(
  repo: Repository,
  files: readonly ResultFile[],
  folder: string,
  restored: Restored,
  onProgress: (bytes: number) => void,
): Promise<void> {
  let next = 0;
  let fd: number | undefined;
  await streamObjects(repo, files.map(({ id }) => id), {
    begin(header) {
      const file = files[next++];
      fd = undefined;
      if (file === undefined) return;
      if (header === undefined) restored.notes.push(`${file.path} is left out: its object is missing`);
      else fd = createFile(folder, file, restored);
    },
    data(chunk) {
      if (fd === undefined) return;
      for (let at = 0; at < chunk.length; ) at += writeSync(fd, chunk, at);
      restored.bytes += chunk.length;
      onProgress(restored.bytes);
    },
    end() {
      if (fd === undefined) return;
      closeSync(fd);
      restored.files += 1;
    },
  });
}

/** Exclusive: on a file system that ignores case, two names of the result may be one there. */
function createFile(folder: string, file: ResultFile, restored: Restored): number | undefined {
  const path = targetPath(folder, file);
  try {
    mkdirSync(parentOf(path), { recursive: true });
    return openSync(path, 'wx', file.mode === executableMode ? 0o755 : 0o644);
  } catch (error) {
    if (!hasCode(error, 'EEXIST', 'ENOTDIR', 'ENAMETOOLONG', 'EILSEQ', 'EINVAL', 'EISDIR')) throw error;
    restored.notes.push(`${file.path} is left out: ${messageOf(error)}`);
    return undefined;
  }
}

const parentOf = (path: Buffer): Buffer => path.subarray(0, path.lastIndexOf(0x2f));

/** All folders before the first link: a link that stands where another one's folder should be could lead anywhere. */
async function makeLinks(repo: Repository, links: readonly ResultFile[], folder: string, restored: Restored): Promise<void> {
  const targets = await readBodies(repo, links.map(({ id }) => id));
  const prepared = links.map((link, index) => {
    const target = targets[index] ?? Buffer.alloc(0);
    const path = targetPath(folder, link);
    const why = whyUnsafeLink(link.path, target.toString('utf8')) ?? tryTo(() => mkdirSync(parentOf(path), { recursive: true }));
    return { shown: link.path, path, target, why };
  });
  for (const { shown, path, target, why: whyNoFolder } of prepared) {
    const why = whyNoFolder ?? tryTo(() => symlinkSync(target, path));
    if (why === undefined) restored.files += 1;
    else restored.notes.push(`the link ${shown} is left out: ${why}`);
  }
}

/** @returns why it could not be done, if it could not. */
function tryTo(action: () => void): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
