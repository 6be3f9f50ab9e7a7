import { usageError } from '../../base/errors.ts';
import { exitCode } from '../../base/exit-codes.ts';
import { findFlaky, type FlakyTest } from '../../model/test-history.ts';
import { printable } from '../../output/terminal-text.ts';
import { readRunTests } from '../../store/read-tests.ts';
import { listStoredRuns } from '../../store/run-list.ts';
import type { Call } from '../command.ts';
import { statusSymbol } from '../render/status-symbol.ts';
import { recoverRuns } from '../session.ts';

export interface FlakyOptions {
  limit?: string;
  json?: boolean;
}

const defaultLimit = 1000;
const listedRuns = 6;

/** `git jci flaky`. @returns 0 when none is flaky, else 1. */
export async function listFlaky(call: Call<FlakyOptions>): Promise<number> {
  const { repo, ui } = call;
  const limit = parseLimit(call.options.limit);
  await recoverRuns(repo, ui);
  const runs = await listStoredRuns(repo);
  const flaky = findFlaky(await readRunTests(repo, limit === 0 ? runs : runs.slice(0, limit)));
  if (ui.json) ui.printJson({ version: 1, flaky });
  else if (flaky.length === 0) ui.say('no test changed its result while tree and script stayed the same');
  else for (const test of flaky) for (const line of describe(call, test)) ui.print(line);
  return flaky.length === 0 ? exitCode.ok : exitCode.failed;
}

function parseLimit(text: string | undefined): number {
  if (text === undefined) return defaultLimit;
  if (!/^\d{1,7}$/.test(text)) throw usageError(`--limit: '${text}' is not a whole number`);
  return Number(text);
}

function describe({ ctx, ui }: Call<FlakyOptions>, test: FlakyTest): string[] {
  const { out } = ui;
  const title = test.suite === '' ? printable(test.name) : `${out.dim(`${printable(test.suite)} >`)} ${printable(test.name)}`;
  return [
    `${title}  ${out.red(`${test.failed} failed`)}, ${out.green(`${test.passed} passed`)}`,
    ...test.evidence.map(({ tree, results }) => {
      const shown = results.slice(0, listedRuns).map(({ runId, status }) => `${statusSymbol(status, ctx, out)} ${runId}`);
      return `  ${out.dim(`tree ${tree.slice(0, 12)}:`)} ${shown.join('  ')}${results.length > listedRuns ? out.dim(` and ${results.length - listedRuns} more`) : ''}`;
    }),
  ];
}
