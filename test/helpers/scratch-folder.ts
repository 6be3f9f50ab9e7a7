import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const memory = '/dev/shm';

/** Nine times what the tests of three workers have there at their most: 110 MiB. */
const neededBytes = 1024 ** 3;

let folder: string | undefined;

/**
 * Runs once before all tests: where TMPDIR is not set, temporary files go into memory, if there is enough. The tests make a hundred thousand files and
 * remove them at once; on a disk a fifth of their work is the file system's.
 */
export function setup(): void {
  if (process.env['TMPDIR'] || !hasRoom()) return;
  folder = mkdtempSync(join(memory, 'git-jci-tests-'));
  // As /tmp is: some tests have another user.
  chmodSync(folder, 0o1777);
  if (runsPrograms(folder)) process.env['TMPDIR'] = folder;
}

/** Runs once after all tests. */
export function teardown(): void {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(memory);
    return Math.min(bavail * bsize, process.availableMemory() / 2) >= neededBytes;
  } catch {
    // There is no such folder: this is not Linux.
    return false;
  }
}

/** Containers often mount it so that nothing in it can be started. */
function runsPrograms(folder: string): boolean {
  const program = join(folder, 'program');
  writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 });
  try {
    execFileSync(program);
    return true;
  } catch {
    // EACCES.
    return false;
  }
}
