import { exitCode } from '../../base/exit-codes.ts';
import { printable } from '../../output/terminal-text.ts';
import { findStoredRun } from '../../store/find-run.ts';
import { listStoredRuns } from '../../store/run-list.ts';
import { repairHints } from '../../verify/repair-hints.ts';
import { verifyResults, type Verification } from '../../verify/verify-results.ts';
import type { Call } from '../command.ts';
import { statusSymbol } from '../render/status-symbol.ts';
import { recoverRuns } from '../session.ts';

export interface VerifyOptions {
  all?: boolean;
  signed?: boolean;
  json?: boolean;
}

/** `git jci verify [<run>]`. @returns 0 when everything is in order, else 1. */
export async function verifyRuns(call: Call<VerifyOptions>): Promise<number> {
  const { repo, ui, args, options } = call;
  await recoverRuns(repo, ui);
  const runs = options.all === true ? await listStoredRuns(repo) : [await findStoredRun(repo, args[0], (other) => `git jci verify ${other}`)];
  const results = await verifyResults(repo, runs, options.signed === true);
  const bad = results.filter(({ problems }) => problems.length > 0);
  if (ui.json) ui.printJson({ version: 1, results: results.map(({ run, ...rest }) => ({ ...run, ...rest })) });
  else for (const line of report(call, results, bad)) ui.print(line);
  const damaged = bad.find(({ damage }) => damage.length > 0);
  if (damaged !== undefined) for (const hint of repairHints(repo, damaged.run, damaged.damage)) ui.say(`hint: ${printable(hint)}`);
  return bad.length === 0 ? exitCode.ok : exitCode.failed;
}

function report(call: Call<VerifyOptions>, results: readonly Verification[], bad: readonly Verification[]): string[] {
  const { ctx, ui, options } = call;
  const shown = options.all === true ? bad : results;
  const lines = shown.flatMap(({ run, problems, damage, signature }) => [
    [statusSymbol(problems.length === 0 ? 'passed' : 'failed', ctx, ui.out), run.runId, ...stateWords(problems.length === 0, damage.length > 0, signature)].join(' '),
    ...problems.map((problem) => `  ${ui.out.red(printable(problem))}`),
  ]);
  return options.all === true ? [...lines, `${results.length} results checked, ${bad.length} with problems`] : lines;
}

/** That a result is not signed is said of a sound one only: where it is a problem it stands among the problems. */
function stateWords(sound: boolean, damaged: boolean, signature: Verification['signature']): string[] {
  if (damaged) return ['damaged'];
  const signed = signatureText(signature);
  if (sound) return [`intact, ${signed}`];
  return signed === '' || signed === notSigned ? [] : [signed];
}

const notSigned = 'not signed';

function signatureText(signature: Verification['signature']): string {
  if (signature?.state === 'G' || signature?.state === 'U') return `signed by ${printable(signature.signer)} (${signature.key})`;
  return signature === undefined || signature.state === 'N' ? notSigned : '';
}
