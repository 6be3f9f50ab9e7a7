import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ObjectId } from '../model/object-id.ts';
import { gitFailed, tryGit } from './exec.ts';
import { streamingThreshold } from './objects.ts';
import type { Repository } from './repository.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

export interface ArchiveOptions {
  format: 'zip' | 'tar';
  /** The folder that everything in it stands in, with `/` at its end. */
  prefix: string;
}

/**
 * Streams a tree as an archive.
 *
 * By a git directory of its own, which goes afterwards: neither a `.gitattributes` in the tree nor the user's configuration changes a byte, leaves out a
 * file, or has a program run.
 * @param take returns `false` to stop: git is ended.
 */
export async function streamArchive(repo: Repository, tree: ObjectId, { format, prefix }: ArchiveOptions, take: (chunk: Buffer) => Promise<boolean>): Promise<void> {
  const folder = await makeTemporaryFolder(repo, 'archive');
  const stop = new AbortController();
  const args = ['-c', streamingThreshold, 'archive', `--format=${format}`, `--prefix=${prefix}`, '--end-of-options', `${tree}^{tree}`];
  try {
    fillGitDir(repo, folder);
    const result = await tryGit(repo, args, {
      env: { ...tiedTo(folder), GIT_OBJECT_DIRECTORY: join(repo.commonDir, 'objects') },
      signal: stop.signal,
      async onStdout(chunk) {
        if (!stop.signal.aborted && !(await take(chunk))) stop.abort();
      },
    });
    if (!stop.signal.aborted && result.exitCode !== 0) throw gitFailed(args, result);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Nothing but what git asks of a repository, and attributes that come before all others. */
function fillGitDir({ objectFormat }: Repository, folder: string): void {
  for (const name of ['refs', 'info', 'objects']) mkdirSync(join(folder, name));
  const extension = objectFormat === 'sha256' ? '[extensions]\n\tobjectFormat = sha256\n' : '';
  writeFileSync(join(folder, 'HEAD'), 'ref: refs/heads/none\n');
  writeFileSync(join(folder, 'config'), `[core]\n\trepositoryFormatVersion = ${extension === '' ? 0 : 1}\n\tbare = true\n${extension}`);
  writeFileSync(join(folder, 'info', 'attributes'), '* -text -filter -ident -eol -export-ignore -export-subst -working-tree-encoding\n');
}

/** Also without what `git -c` has left in our environment. */
const tiedTo = (folder: string): Record<string, string | undefined> => ({
  GIT_DIR: folder,
  GIT_WORK_TREE: undefined,
  GIT_COMMON_DIR: undefined,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_PARAMETERS: undefined,
  GIT_CONFIG_COUNT: undefined,
});
