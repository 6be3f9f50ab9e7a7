// Everything that must hold before a change lands: `npm run verify`. Ends with `N passed, N failed, N skipped`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installTestPackages } from './lib/test-packages.mjs';

const reports = mkdtempSync(join(tmpdir(), 'verify-'));
const counts = { passed: 0, failed: 0, skipped: 0 };

const steps = [
  ['types', 'npm', ['run', '--silent', 'types']],
  ['lint', 'npm', ['run', '--silent', 'lint']],
  ['layers', 'npm', ['run', '--silent', 'layers']],
  ['unused code', 'npm', ['run', '--silent', 'unused']],
  ['build', 'npm', ['run', '--silent', 'build']],
  ['sizes', 'npm', ['run', '--silent', 'sizes']],
  ['tests', ...vitest('tests.json')],
  ['standalone executable', 'npm', ['run', '--silent', 'build:standalone']],
  ['end-to-end tests of the standalone executable', ...vitest('standalone.json', '--project', 'cli'), { JCI_TEST_EXECUTABLE: 'dist/standalone/git-jci' }],
];

installTestPackages();
const failed = steps.find((step) => !run(step));
for (const name of ['tests.json', 'standalone.json']) count(join(reports, name));
if (failed !== undefined) {
  console.log(`\nfailed: ${failed[0]}`);
  counts.failed = Math.max(1, counts.failed);
}
rmSync(reports, { recursive: true });
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed === 0 ? 0 : 1);

function vitest(report, ...more) {
  return ['npx', ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${join(reports, report)}`, ...more]];
}

function run([name, file, args, env = {}]) {
  const start = Date.now();
  console.log(`\n== ${name}`);
  const { status } = spawnSync(file, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } });
  console.log(`== ${name}: ${status === 0 ? 'fine' : 'FAILED'} after ${((Date.now() - start) / 1000).toFixed(1)} s`);
  return status === 0;
}

function count(path) {
  let result;
  try {
    result = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // The tests were not reached.
    return;
  }
  counts.passed += result.numPassedTests;
  counts.failed += result.numFailedTests;
  counts.skipped += result.numPendingTests + result.numTodoTests;
}
