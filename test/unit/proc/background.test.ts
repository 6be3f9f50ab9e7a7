import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startInBackground } from '../../../src/proc/background.ts';
import { waitFor } from '../../helpers/wait-for.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'git-jci-background-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Says who it is and where its streams lead, in a file that appears whole. */
const program = `
const fs = require('node:fs');
const { execFileSync } = require('node:child_process');
const group = Number(execFileSync('ps', ['-o', 'pgid=', '-p', String(process.pid)]));
const nowhere = fs.statSync('/dev/null').rdev;
const toNowhere = [0, 1, 2].map((fd) => fs.fstatSync(fd).rdev === nowhere);
fs.writeFileSync('draft', JSON.stringify({ pid: process.pid, group, toNowhere }));
fs.renameSync('draft', 'told');
`;

test('leads a group of its own, with /dev/null for its three streams', async () => {
  const pid = await startInBackground(process.execPath, ['-e', program], { cwd: folder, env: { PATH: '/usr/bin:/bin' } });
  const told = await waitFor(() => readIfThere(join(folder, 'told')), { what: 'the program to write its file' });
  expect(JSON.parse(told)).toEqual({ pid, group: pid, toNowhere: [true, true, true] });
});

test('a program that is not there is an error at once', async () => {
  const start = startInBackground(join(folder, 'missing'), [], { cwd: folder, env: {} });
  await expect(start).rejects.toMatchObject({ code: 'ENOENT' });
});

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Not written yet.
    return undefined;
  }
}
