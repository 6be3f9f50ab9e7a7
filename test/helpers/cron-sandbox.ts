import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from './live-process.ts';
import type { TestRepo } from './repo.ts';
import { jciCommand } from './test-environment.ts';

/** Why the real crontab and cron cannot be tried here without touching the machine's own; `undefined` if they can. */
export function whyNoCronSandbox(): string | undefined {
  if (process.platform !== 'linux') return 'needs Linux: mount namespaces';
  return process.getuid?.() === 0 ? undefined : 'needs root: a private spool is mounted over /var/spool/cron';
}

/** The real crontab program and the real cron daemon, with a spool of their own. */
export interface CronSandbox {
  /** Runs a program that sees the private spool, in the folder of `repo`. */
  exec(repo: TestRepo, file: string, args: readonly string[], input?: string): Promise<Result>;
  /** `git jci` in the same way. */
  jci(repo: TestRepo, ...args: string[]): Promise<Result>;
  /** What `crontab -l` prints, decoded as Latin-1: one character per byte. Empty if there is none. */
  crontab(): string;
  /** Puts a file into the spool as it is, past the crontab program, which would refuse some texts. */
  plant(bytes: string): void;
  /** Starts the daemon; it is killed with whatever else `repo` has started. */
  startDaemon(repo: TestRepo): void;
}

/** Mounts are undone with the namespace, when the program ends: nothing outside ever sees them. */
const enter = `
set -e
mount --bind "$0/crontabs" /var/spool/cron/crontabs
mount --bind "$0/run" /run
mount --bind /dev/null /etc/crontab
mount --bind "$0/none" /etc/cron.d
exec "$@"`;

/** Makes a spool under `folder`. Throws, saying what is missing, where there is no cron or no right to mount. */
export function makeCronSandbox(folder: string): CronSandbox {
  for (const program of ['/usr/bin/crontab', '/usr/sbin/cron']) {
    if (!existsSync(program)) throw new Error(`${program} is missing: apt install cron`);
  }
  const spool = join(folder, 'spool');
  for (const name of ['crontabs', 'run', 'none']) mkdirSync(join(spool, name), { recursive: true });
  execFileSync('chgrp', ['crontab', join(spool, 'crontabs')]);
  execFileSync('chmod', ['1730', join(spool, 'crontabs')]);
  const words = (file: string, args: readonly string[]): string[] => ['--mount', 'sh', '-c', enter, spool, file, ...args];
  execFileSync('unshare', words('true', []));
  const table = join(spool, 'crontabs', 'root');
  const exec: CronSandbox['exec'] = (repo, file, args, input) => repo.exec('unshare', words(file, args), input);
  return {
    exec,
    jci: (repo, ...args) => {
      const [file, ...first] = jciCommand();
      return exec(repo, file, [...first, ...args]);
    },
    crontab: () => (existsSync(table) ? execFileSync('unshare', words('crontab', ['-l']), { encoding: 'latin1' }) : ''),
    plant: (bytes) => writeFileSync(table, bytes, { encoding: 'latin1', mode: 0o600 }),
    startDaemon: (repo) => void exec(repo, 'cron', ['-f']),
  };
}
