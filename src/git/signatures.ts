import { readConfig } from './config.ts';
import { tryGit } from './exec.ts';
import type { Repository } from './repository.ts';

/**
 * The first of these results that may be trusted, as a list of at most one.
 * @param level `any`: all of them; `own`: committed by this user; `signed`: with a signature that git verifies.
 */
export async function trustedResults<T extends { result: string }>(
  repo: Repository,
  results: readonly T[],
  level: 'any' | 'own' | 'signed',
): Promise<T[]> {
  if (level === 'any') return results.slice(0, 1);
  const own = level === 'own' ? await ownEmail(repo) : undefined;
  for (const candidate of results) {
    const { email, signature } = await describe(repo, candidate.result, level === 'signed');
    if (level === 'own' ? email === own : signature === 'G') return [candidate];
  }
  return [];
}

async function ownEmail(repo: Repository): Promise<string> {
  const config = await readConfig(repo);
  return repo.env['GIT_COMMITTER_EMAIL'] ?? config.get('user.email')?.at(-1) ?? 'git-jci@localhost';
}

async function describe(repo: Repository, id: string, verify: boolean): Promise<{ email: string; signature: string }> {
  const format = verify ? '%ce%n%G?' : '%ce%n';
  const result = await tryGit(repo, ['show', '--no-patch', `--format=${format}`, id]);
  const [email = '', signature = ''] = result.stdout.toString('utf8').split('\n');
  return { email, signature };
}
