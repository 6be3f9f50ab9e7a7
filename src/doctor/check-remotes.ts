import { lastWords, tryGit } from '../git/exec.ts';
import { maskCredentials } from '../git/mask-credentials.ts';
import type { Repository } from '../git/repository.ts';
import { runRefPrefix } from '../model/run-ref.ts';
import { fine, type Finding } from './finding.ts';

/** A remote that does not answer must not hold up the rest. */
const answerMs = 10_000;

/** Whether the remotes answer, and what they hold of our namespace. Nothing is pushed to find out. */
export async function checkRemotes(repo: Repository): Promise<Finding[]> {
  const names = (await tryGit(repo, ['remote'])).stdout.toString('utf8').split('\n').filter(Boolean);
  return Promise.all(names.map((name) => checkRemote(repo, name)));
}

async function checkRemote(repo: Repository, name: string): Promise<Finding> {
  const check = `remote ${name}`;
  const result = await tryGit(repo, ['ls-remote', '--quiet', '--end-of-options', name, `${runRefPrefix}*`], {
    signal: AbortSignal.timeout(answerMs),
    env: { GIT_TERMINAL_PROMPT: '0', GIT_SSH_COMMAND: repo.env['GIT_SSH_COMMAND'] ?? 'ssh -o BatchMode=yes' },
  });
  if (result.exitCode === 0) {
    const count = result.stdout.toString('latin1').split('\n').filter(Boolean).length;
    return fine(check, `answers, and holds ${count} ${count === 1 ? 'run' : 'runs'}`);
  }
  const why = result.signal === null ? maskCredentials(lastWords(result.stderr)) : `no answer within ${answerMs / 1000} s`;
  return { check, state: 'advice', message: `cannot be asked: ${why}`, hint: `try: git ls-remote ${name}` };
}
