import { versions } from 'node:process';
import type { Repository } from '../git/repository.ts';
import { gitVersion, isSupportedGit, oldestGit } from '../git/version.ts';
import { command } from '../proc/command.ts';
import { version } from '../base/version.ts';
import { fine, type Finding } from './finding.ts';

/** The programs a run needs. */
export async function checkTools(repo: Repository): Promise<Finding[]> {
  const [git, bash] = await Promise.all([gitVersion(repo), command('bash', ['--version'], { env: repo.ctx.env })]);
  const runtime = versions['bun'] === undefined ? `node ${versions.node}` : `bun ${versions['bun']}`;
  return [
    fine('git jci', `${version} on ${runtime}, ${repo.ctx.machine}`),
    isSupportedGit(git)
      ? fine('git', git)
      : { check: 'git', state: 'problem', message: `${git} is too old: ${oldestGit} or newer is needed`, hint: 'install a newer git' },
    bash.exitCode === 0
      ? fine('bash', bash.stdout.split('\n')[0] ?? '')
      : { check: 'bash', state: 'problem', message: 'was not found on PATH: no run can start', hint: 'install bash' },
  ];
}
