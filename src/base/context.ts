import { readFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { fatalError, hasCode } from './errors.ts';
import type { OutputStream } from './output-stream.ts';
import { standardStreams } from './standard-streams.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * Everything a command needs from the machine, passed down explicitly so that tests own it.
 *
 * `process.env`, `process.cwd()`, `Date.now()` and `Math.random()` are read here and nowhere else.
 */
export interface Context {
  readonly env: Env;
  /** Asked when it is needed: somebody may have deleted it. @throws JciError (128) then. */
  readonly cwd: string;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly host: string;
  readonly user: string;
  readonly platform: NodeJS.Platform;
  /** `linux-x64`, `darwin-arm64`, ... */
  readonly machine: string;
  readonly pid: number;
  /** Milliseconds since the epoch. May step back: never use it to measure a duration. */
  now(): number;
  /** Milliseconds from an arbitrary start, never stepping back. */
  elapsed(): number;
  /** From 0 up to 1; for names that need not be secret. */
  random(): number;
  /** `n` random bytes as lower-case hex. */
  randomHex(bytes: number): string;
}

/** The context of this process. */
export function systemContext(): Context {
  return {
    env: process.env,
    get cwd() {
      return currentFolder();
    },
    ...standardStreams(),
    host: hostname(),
    user: userName(process.env),
    platform: process.platform,
    machine: `${process.platform}-${process.arch}`,
    pid: process.pid,
    now: () => Date.now(),
    elapsed: () => performance.now(),
    random: () => Math.random(),
    // Loading it takes 1.5 ms, and few commands ask.
    randomHex: (bytes) => process.getBuiltinModule('node:crypto').randomBytes(bytes).toString('hex'),
  };
}

function currentFolder(): string {
  try {
    return process.cwd();
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
    throw fatalError('the current folder has been deleted', { hint: 'cd into another one', cause: error });
  }
}

/**
 * `userInfo` throws for a uid without a passwd entry, which is common in containers; bun's does not look there at all and
 * says `unknown` where USER is not set, as under cron.
 */
function userName(env: Env): string {
  const named = env['USER'] ?? env['LOGNAME'];
  try {
    const { username, uid } = userInfo();
    return username === 'unknown' ? (named ?? passwdName(uid) ?? String(uid)) : username;
  } catch {
    return named ?? String(process.getuid?.() ?? 'unknown');
  }
}

function passwdName(uid: number): string | undefined {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  return lines.find((line) => line.split(':')[2] === String(uid))?.split(':')[0];
}
