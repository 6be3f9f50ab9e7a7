// Everything that must hold before a change lands: `npm run verify`. Ends with `N passed, N failed, N skipped`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installTestPackages } from './lib/test-packages.mjs';

const reports = mkdtempSync(join(tmpdir(), 'verify-'));
const counts = { passed: 0, failed: 0, skipped: 0 };

const npm = (script) => ['npm', ['run', '--silent', script]];

/** One after the other, up to the first that fails. */
const inOrder = [
  ['build', ...npm('build')],
  ['tests', ...vitest('tests.json')],
  ['standalone executable', ...npm('build:standalone')],
  ['end-to-end tests of the standalone executable', ...vitest('standalone.json', '--project', 'cli'), { JCI_TEST_EXECUTABLE: 'dist/standalone/git-jci' }],
];

/** Beside them, so that no core stands idle: tests wait, and these have one thread each. A larger nursery for V8 saves an eighth of their work. */
const beside = ['lint', 'types', 'layers', 'unused', 'sizes'].map((name) => [name, ...npm(name), { NODE_OPTIONS: '--max-semi-space-size=64' }]);

installTestPackages();
const failed = (await Promise.all([runInOrder(), runBeside()])).flat();
for (const name of ['tests.json', 'standalone.json']) count(join(reports, name));
if (failed.length > 0) {
  console.log(`\nfailed: ${failed.join(', ')}`);
  counts.failed = Math.max(1, counts.failed);
}
rmSync(reports, { recursive: true });
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed === 0 ? 0 : 1);

function vitest(report, ...more) {
  return ['npx', ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${join(reports, report)}`, ...more]];
}

/** @returns the name of what failed, if something did. */
async function runInOrder() {
  for (const step of inOrder) {
    console.log(`\n== ${step[0]}`);
    if (!showEnd(step, Date.now(), await ended(start(step, 'inherit')))) return [step[0]];
  }
  return [];
}

/** What each prints is shown in one piece when it has ended. @returns the names of what failed. */
async function runBeside() {
  const names = [];
  for (const step of beside) {
    const began = Date.now();
    const child = start(step, 'pipe');
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
    const status = await ended(child);
    process.stdout.write(Buffer.concat([Buffer.from(`\n== ${step[0]}\n`), ...output]));
    if (!showEnd(step, began, status)) names.push(step[0]);
  }
  return names;
}

function start([, file, args, env = {}], output) {
  return spawn(file, args, { stdio: ['ignore', output, output], env: { ...process.env, ...env } });
}

/** @returns the exit code; null after a signal, and the error of a program that cannot be started. */
function ended(child) {
  return new Promise((resolve) => child.once('error', resolve).once('close', resolve));
}

function showEnd([name], began, status) {
  const isFine = status === 0;
  console.log(`== ${name}: ${isFine ? 'fine' : 'FAILED'} after ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return isFine;
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
