import { watch, type FSWatcher } from 'node:fs';

/**
 * Calls when a step begins or ends: what it writes may come to the log much later.
 * @param folder of the run; `stepsDir` in it comes when the script begins.
 * @returns what ends it.
 */
export function watchSteps(folder: string, stepsDir: string, onChange: () => void): () => void {
  let steps = tryWatch(stepsDir, onChange);
  const parent = steps === undefined ? tryWatch(folder, lookAgain) : undefined;

  function lookAgain(): void {
    steps ??= tryWatch(stepsDir, onChange);
    if (steps === undefined) return;
    parent?.close();
    onChange();
  }

  lookAgain();
  return () => {
    steps?.close();
    parent?.close();
  };
}

/** Without a watcher steps are seen when the log grows. */
function tryWatch(path: string, onChange: () => void): FSWatcher | undefined {
  try {
    // It may be removed at any time.
    return watch(path, onChange).on('error', () => undefined);
  } catch {
    // It is not there yet, or there are no watches left.
    return undefined;
  }
}
