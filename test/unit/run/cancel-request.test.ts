import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { onCancelRequest, requestCancel } from '../../../src/run/cancel-request.ts';
import { activeFolder } from '../../../src/store/paths.ts';

const commonDir = mkdtempSync(join(tmpdir(), 'cancel-request-'));
afterAll(() => rmSync(commonDir, { recursive: true }));

const run = { commit: 'c'.repeat(40), runId: '1700000000-abcd', owner: { pid: process.pid, started: '' } };

test('a run is asked once it listens, and one that is over is asked no more', async () => {
  mkdirSync(activeFolder(commonDir, run), { recursive: true });
  const asked = new Promise((resolve) => {
    onCancelRequest(commonDir, run, resolve);
  });
  expect(requestCancel(commonDir, run, 'by Ada')).toBe(true);
  expect(await asked).toBe('by Ada');
  rmSync(activeFolder(commonDir, run), { recursive: true });
  expect(requestCancel(commonDir, run, 'by Ada')).toBe(false);
});
