import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** A command is a process, and CI machines are slow: this bounds what hangs, it is no expectation. */
const timeoutMs = 60_000;

export default defineConfig({
  test: {
    pool: 'forks',
    // Most tests wait for processes, and some for a clock: with a worker per core two fifths of the machine stand idle.
    maxWorkers: availableParallelism() + 1,
    globalSetup: ['test/helpers/scratch-folder.ts', 'test/helpers/shared-code-cache.ts'],
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
    setupFiles: ['test/helpers/clean-environment.ts'],
    projects: [
      // Our modules keep no state that a test could see, and to load them anew for each file takes a third of these tests' work.
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.ts'], isolate: false } },
      { extends: true, test: { name: 'guard', include: ['test/guard/**/*.test.ts'], isolate: false } },
      { extends: true, test: { name: 'cli', include: ['test/cli/**/*.test.ts'] } },
      // Bun, which the executable is made with, has other pipes, sockets, files and signals than Node. Not repeated is what commands say of results
      // that are there (`results`), which is computed, and how they are sent about and removed (`sharing`), which git does: each of these commands
      // is in json.test.ts, too.
      { extends: true, test: { name: 'executable', include: ['test/cli/*.test.ts'], env: { JCI_TEST_EXECUTABLE: 'dist/standalone/git-jci' } } },
      // Only these know which of the two they start.
      { extends: true, test: { name: 'npm', include: ['test/npm/**/*.test.ts'] } },
      { extends: true, test: { name: 'browser', include: ['test/browser/**/*.test.ts'] } },
    ],
  },
});
