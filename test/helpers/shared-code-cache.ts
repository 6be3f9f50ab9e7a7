import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs once before all tests: makes a folder for the machine code that bin/git-jci keeps. Every test has a cache folder of its own, and to compile the same
 * code in each of them takes a third of what its commands take.
 */
export function setup(): void {
  process.env['JCI_TEST_CODE_CACHE'] = mkdtempSync(join(tmpdir(), 'git-jci-code-'));
}

/** Runs once after all tests. */
export function teardown(): void {
  rmSync(process.env['JCI_TEST_CODE_CACHE'] ?? '', { recursive: true, force: true });
}
