import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemContext } from '../../../src/base/context.ts';
import { makeTemporaryFolder, temporaryName } from '../../../src/git/temporary-folder.ts';
import { identifyProcess, type ProcessId } from '../../../src/proc/process-id.ts';

test('what a killed process has left goes when the next one needs a folder', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'git-jci-test-'));
  const ctx = { ...systemContext(), env: { TMPDIR: parent } };
  const child = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] });
  try {
    const other = await identifyProcess(child.pid ?? 0, process.platform);
    if (other === undefined) throw new Error('it has not started');
    const left = (purpose: string, owner: ProcessId): string => {
      const path = join(parent, `${temporaryName(purpose, owner)}abc123`);
      mkdirSync(path);
      writeFileSync(join(path, 'before'), 'x');
      return path;
    };
    const itsOwn = left('compare', other);
    const elsewhere = left('compare', { pid: other.pid, started: 'another/container/1' });
    const forElse = left('archive', { ...other, started: `${other.started}0` });
    const first = await makeTemporaryFolder({ ctx }, 'compare');
    expect([itsOwn, elsewhere, forElse, first].map((path) => existsSync(path))).toEqual([true, true, true, true]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const second = await makeTemporaryFolder({ ctx }, 'compare');
    expect([itsOwn, elsewhere, forElse, first, second].map((path) => existsSync(path))).toEqual([false, true, true, true, true]);
  } finally {
    child.kill('SIGKILL');
    rmSync(parent, { recursive: true });
  }
});
