import { gitFailed, tryGit, type GitPlace } from './exec.ts';
import { createRecordSplitter } from './record-splitter.ts';

/** What a user may have set that changes what `git diff` writes. */
const plain = ['-c', 'diff.suppressBlankEmpty=false', '-c', 'diff.interHunkContext=0', '-c', 'diff.orderFile=/dev/null', '-c', 'core.attributesFile=/dev/null'];

/** Characters of a line that are told. */
const told = 100;

/**
 * Compares two files, wherever they are, as text.
 * @param take told the beginning of each line that git writes: heads of hunks, and lines with their sign.
 * @throws the signal's reason when it is aborted.
 */
export async function diffFiles(place: GitPlace, before: string, after: string, take: (line: string) => void, signal: AbortSignal): Promise<void> {
  const splitter = createRecordSplitter('\n', told);
  const args = [...plain, 'diff', '--no-index', '--histogram', '-U3', '--no-ext-diff', '--no-textconv', '--text', '--no-color', '--', before, after];
  const result = await tryGit(place, args, {
    signal,
    env: { GIT_DIFF_OPTS: undefined },
    onStdout(chunk) {
      for (const line of splitter.take(chunk)) take(line);
    },
  });
  signal.throwIfAborted();
  // 1: they differ.
  if (result.exitCode !== 0 && result.exitCode !== 1) throw gitFailed(args, result);
}
