import { resolve } from 'node:path';
import { defaultFolder, excludeDefaultFolders } from '../../artefacts/exclude.ts';
import { restoreFiles } from '../../artefacts/restore.ts';
import { formatSize } from '../../base/byte-size.ts';
import { exitCode } from '../../base/exit-codes.ts';
import { printable } from '../../output/terminal-text.ts';
import { findStoredRun } from '../../store/find-run.ts';
import { isArtefact, listFiles } from '../../store/read-result.ts';
import type { Call } from '../command.ts';
import { createProgress } from '../render/progress.ts';
import { recoverRuns } from '../session.ts';

export interface GetOptions {
  output?: string;
  all?: boolean;
  json?: boolean;
}

/** `git jci get [<run>]`. @returns the exit code. */
export async function getArtefacts({ repo, ctx, ui, args, options }: Call<GetOptions>): Promise<number> {
  await recoverRuns(repo, ui);
  const run = await findStoredRun(repo, args[0], (other) => `git jci get ${other}`);
  const files = (await listFiles(repo, run)).filter((file) => options.all === true || isArtefact(file));
  const folder = resolve(ctx.cwd, options.output ?? defaultFolder(run.runId));
  const whyNot = options.output === undefined && repo.workTree !== undefined ? excludeDefaultFolders(repo) : undefined;
  if (whyNot !== undefined) ui.warn(`git status will show the folder: ${printable(whyNot)}`);
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const progress = createProgress(ctx, { label: 'restoring', total, unit: 'bytes' });
  const restored = await restoreFiles(repo, files, folder, (bytes) => progress.update(bytes)).finally(() => progress.end());
  for (const note of restored.notes) ui.warn(printable(note));
  if (ui.json) ui.printJson({ version: 1, runId: run.runId, folder, ...restored });
  else ui.say(`${restored.files} ${restored.files === 1 ? 'file' : 'files'} (${formatSize(restored.bytes)}) in ${folder}`);
  return exitCode.ok;
}
