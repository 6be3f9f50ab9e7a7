// Everything that must hold before a change lands: `npm run verify`. Ends with `N passed, N failed, N skipped`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isBuilt } from './lib/is-built.mjs';
import { installTestPackages } from './lib/test-packages.mjs';

const folder = mkdtempSync(join(tmpdir(), 'verify-'));
const report = join(folder, 'tests.json');
const counts = { passed: 0, failed: 0, skipped: 0 };

/** One after the other, up to the first that fails. */
const inOrder = [
  // As a rule npm ci has just built it.
  ...(isBuilt() ? [] : [{ name: 'build', command: npmRun('build') }]),
  { name: 'standalone executable', command: npmRun('build:standalone') },
  { name: 'tests', command: ['npx', 'vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`] },
];

/** Beside them, so that no core stands idle: tests wait. */
const beside = ['lint', 'types', 'layers', 'unused', 'sizes'].map((name) => ({ name, command: npmRun(name) }));

installTestPackages();
const failed = (await Promise.all([runInOrder(), runBeside()])).flat();
countTests();
if (failed.length > 0) {
  console.log(`\nfailed: ${failed.join(', ')}`);
  counts.failed = Math.max(1, counts.failed);
}
rmSync(folder, { recursive: true });
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed === 0 ? 0 : 1);

function npmRun(script) {
  return ['npm', 'run', '--silent', script];
}

/** @returns the name of what failed, if something did. */
async function runInOrder() {
  for (const step of inOrder) {
    console.log(`\n== ${step.name}`);
    if (!showEnd(step, Date.now(), await ended(start(step, 'inherit')))) return [step.name];
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
    process.stdout.write(Buffer.concat([Buffer.from(`\n== ${step.name}\n`), ...output]));
    if (!showEnd(step, began, status)) names.push(step.name);
  }
  return names;
}

function start({ command: [file, ...args] }, output) {
  return spawn(file, args, { stdio: ['ignore', output, output] });
}

/** @returns the exit code; null after a signal, and the error of a program that cannot be started. */
function ended(child) {
  return new Promise((resolve) => child.once('error', resolve).once('close', resolve));
}

function showEnd({ name }, began, status) {
  const isFine = status === 0;
  console.log(`== ${name}: ${isFine ? 'fine' : 'FAILED'} after ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return isFine;
}

function countTests() {
  let result;
  try {
    result = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    // The tests were not reached.
    return;
  }
  counts.passed += result.numPassedTests;
  counts.failed += result.numFailedTests;
  counts.skipped += result.numPendingTests + result.numTodoTests;
}
