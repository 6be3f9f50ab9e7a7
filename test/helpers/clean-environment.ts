import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/*
 * Runs before every test file: what the tests see must not depend on whose machine it is, nor on being started by a git
 * hook (GIT_DIR, GIT_INDEX_FILE) or by a run of our own (JCI_RUN_ID). Only what steers the tests themselves stays.
 */
const kept = new Set(['JCI_KEEP', 'JCI_TEST_EXECUTABLE', 'JCI_TEST_CODE_CACHE']);
for (const name of Object.keys(process.env)) {
  if (/^(?:GIT|JCI|XDG)_/.test(name) && !kept.has(name)) Reflect.deleteProperty(process.env, name);
}

const home = mkdtempSync(join(tmpdir(), 'git-jci-home-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
Object.assign(process.env, { HOME: home, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0' });
