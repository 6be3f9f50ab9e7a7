import { messageOf, usageError } from '../../base/errors.ts';
import { exitCode } from '../../base/exit-codes.ts';
import { loadSettings } from '../../config/load.ts';
import { judgeTips, mayPass, type JudgedTip } from '../../hooks/judge-push.ts';
import { hookNames, isHookName } from '../../hooks/names.ts';
import { parsePushedRefs, pushedTips } from '../../hooks/pushed-refs.ts';
import { isQuiet } from '../../hooks/quiet.ts';
import { startRunOfHead, type HookRun } from '../../hooks/start-run.ts';
import type { Repository } from '../../git/repository.ts';
import { shortId } from '../../model/object-id.ts';
import type { Call } from '../command.ts';
import { statusSymbol } from '../render/status-symbol.ts';
import type { Ui } from '../render/ui.ts';
import { selfCommand } from '../self.ts';
import { recoverRuns } from '../session.ts';

/** `git jci hook run <name> [args...]`: what the hooks call. @returns what git is to do. */
export async function runHookCommand(call: Call<unknown>): Promise<number> {
  const [name = '', ...args] = call.args;
  if (!isHookName(name)) throw usageError(`there is no git jci hook '${name}'`, { hint: `one of: ${hookNames.join(', ')}` });
  if (isQuiet(call.repo)) return exitCode.ok;
  if (name === 'pre-push') return gatePush(call);
  // `git merge --squash` commits nothing.
  const squashed = name === 'post-merge' && args[0] === '1';
  return squashed ? exitCode.ok : startRun(call);
}

async function startRun({ ctx, repo, ui }: Call<unknown>): Promise<number> {
  const run = await startRunOfHead(repo, selfCommand());
  if (run?.kind === 'started') ui.say(`git jci: ${startedSentence(run)}`);
  if (run?.kind === 'passed already') ui.say(`git jci: ${statusSymbol('passed', ctx, ui.err)} ${passedSentence(run)}`);
  return exitCode.ok;
}

const passedSentence = ({ run }: Extract<HookRun, { kind: 'passed already' }>): string =>
  `passed already in run ${run.runId} of ${shortId(run.commit)}: same tree, same script`;

function startedSentence({ commit, sure }: Extract<HookRun, { kind: 'started' }>): string {
  const unless = sure ? '' : ', unless an older run of its tree has passed';
  return `run of ${shortId(commit)} started in the background${unless}: git jci logs -f ${shortId(commit)}`;
}

async function gatePush({ repo, ui }: Call<unknown>): Promise<number> {
  const tips = pushedTips(parsePushedRefs(await readInput()));
  if (tips.length === 0) return exitCode.ok;
  await recoverRuns(repo, ui);
  const { settings } = await loadSettings(repo);
  const judged = await judgeOnceOver(repo, ui, () => judgeTips(repo, tips, settings));
  const refused = judged.filter((tip) => !mayPass(tip));
  for (const tip of refused) ui.say(`git jci: push of ${tip.branches.join(', ')} refused: ${shortId(tip.commit)} ${sentence(tip)}`);
  if (refused.length === 0) return exitCode.ok;
  for (const { commit } of refused.filter(isUnknown)) ui.say(`hint: git jci run --clean ${shortId(commit)}`);
  ui.say('hint: to push all the same: git push --no-verify');
  return exitCode.failed;
}

/** `git commit && git push` comes while the run that the commit started is under way: its verdict is worth waiting for. */
async function judgeOnceOver(repo: Repository, ui: Ui, judge: () => Promise<JudgedTip[]>): Promise<JudgedTip[]> {
  for (;;) {
    const judged = await judge();
    const running = judged.flatMap(({ judgement }) => (judgement.kind === 'running' ? [judgement.live] : []));
    if (running.length === 0) return judged;
    const { followLog } = await import('../../browse/follow-log.ts');
    for (const run of running) {
      ui.say(`git jci: waiting for the verdict on ${shortId(run.commit)}, run ${run.runId} (git jci logs -f ${run.runId})`);
      await followLog(repo, run, () => true);
    }
  }
}

/** What has failed will fail again. */
const isUnknown = ({ judgement }: JudgedTip): boolean => judgement.kind !== 'failed';

function sentence({ judgement }: JudgedTip): string {
  switch (judgement.kind) {
    case 'failed':
      return `failed in run ${judgement.runId} (git jci show ${judgement.runId})`;
    case 'dirty only':
      return 'has only run with uncommitted changes, which is no verdict';
    default:
      return 'has no verdict';
  }
}

/** What git writes to the hook. A person who types the command has nothing to say. */
async function readInput(): Promise<string> {
  if (process.stdin.isTTY) return '';
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  } catch (error) {
    throw usageError(`pre-push: git's list of refs cannot be read: ${messageOf(error)}`);
  }
  return Buffer.concat(chunks).toString('utf8');
}
