import { join } from 'node:path';
import { expect } from 'vitest';
import { logApi } from '../../../src/api/paths.ts';
import { makeFakeRuns, type FakeRun } from '../../helpers/fake-runs.ts';
import type { TestRepo } from '../../helpers/repo.ts';

/** A stored run, and where the routes about its log begin. */
export interface LoggedRun extends FakeRun {
  log: string;
}

/** Stores a run for each log, the first one newest. */
export async function storeLogs(repo: TestRepo, logs: readonly (string | Uint8Array)[]): Promise<LoggedRun[]> {
  const runs = await makeFakeRuns(repo, { count: logs.length, packed: false });
  const stored: LoggedRun[] = [];
  for (const [at, run] of runs.entries()) {
    const path = join(repo.root, 'log');
    repo.write(path, logs[at] ?? '');
    const blob = await repo.git('hash-object', '-w', path);
    const files = (await repo.git('ls-tree', run.result)).replace(/[0-9a-f]+(?=\trun\.output\.txt$)/m, blob);
    const tree = (await mustExec(repo, ['mktree'], `${files}\n`)).trim();
    const result = (await mustExec(repo, ['commit-tree', tree], `${await repo.git('log', '-1', '--format=%B', run.result)}\n`)).trim();
    await repo.git('update-ref', run.ref, result);
    stored.push({ ...run, result, log: logApi(run) });
  }
  return stored;
}

async function mustExec(repo: TestRepo, args: readonly string[], input: string): Promise<string> {
  const { exitCode, stdout, stderr } = await repo.exec('git', args, input);
  expect([exitCode, stderr]).toEqual([0, '']);
  return stdout;
}

/** The values of newline-delimited JSON. */
export async function valuesOf<T>(response: Response): Promise<T[]> {
  expect(response.headers.get('content-type')).toContain('application/x-ndjson');
  return (await response.text()).trimEnd().split('\n').map((line) => JSON.parse(line) as T);
}
