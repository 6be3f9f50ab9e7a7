import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestRepo } from './repo.ts';

/** Puts a key of our own in git's configuration; the trust file says it is Ada's. */
export async function useSshKey(repo: TestRepo): Promise<void> {
  const key = join(repo.root, 'key');
  await repo.exec('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'ada', '-f', key]);
  writeFileSync(join(repo.root, 'allowed'), `ada@example.com ${repo.read(`${key}.pub`)}`);
  await repo.git('config', 'gpg.format', 'ssh');
  await repo.git('config', 'user.signingkey', `${key}.pub`);
  await repo.git('config', 'gpg.ssh.allowedSignersFile', join(repo.root, 'allowed'));
}
