import { join } from 'node:path';
import type { RunKey } from '../model/run-ref.ts';

/** Our own files, under the git directory that all worktrees share. */
export const storeRoot = (commonDir: string): string => join(commonDir, 'jci');

/** One folder per run that is not stored yet. */
export const activeRoot = (commonDir: string): string => join(storeRoot(commonDir), 'active');

/** `<commit>.<run id>`: the private folder of an active run. */
export const activeFolder = (commonDir: string, key: RunKey): string =>
  join(activeRoot(commonDir), `${key.commit}.${key.runId}`);

/** The files in a run's private folder. */
export const activeFiles = (folder: string): { record: string; end: string; log: string; timing: string; secrets: string; pipe: string; life: string; steps: string; recovery: string; cancel: string } => ({
  record: join(folder, 'active.json'),
  end: join(folder, 'end.json'),
  log: join(folder, 'run.output.txt'),
  timing: join(folder, 'timing.idx'),
  secrets: join(folder, 'secrets'),
  pipe: join(folder, 'output.pipe'),
  life: join(folder, 'life.pipe'),
  steps: join(folder, 'steps'),
  recovery: join(folder, 'recovery'),
  cancel: join(folder, 'cancel'),
});

/** Pipes that a run is done with: making one costs a process. */
export const sparePipes = (commonDir: string): string => join(storeRoot(commonDir), 'pipes');

/** The results that were made in this clone, a line for each. Ids of those that are gone stay: they do no harm, and one that comes back is ours again. */
export const ownResultsFile = (commonDir: string): string => join(storeRoot(commonDir), 'own-results');

/** What was parsed once; may be deleted at any time. */
export const cacheRoot = (commonDir: string): string => join(storeRoot(commonDir), 'cache');

/** `.jci/<commit>` in the tree a run runs in, and the output directory of one run in it. */
export const outputParent = (tree: string, commit: string): string => join(tree, '.jci', commit);
export const outputFolder = (tree: string, key: RunKey): string => join(outputParent(tree, key.commit), key.runId);
