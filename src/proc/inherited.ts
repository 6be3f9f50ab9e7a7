import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Env } from '../base/context.ts';
import { hasCode } from '../base/errors.ts';

export interface InheritedOptions {
  cwd: string;
  env: Env;
  /** Receives stdout and stderr; our own if omitted. */
  outputFd?: number;
}

/** What a shell answers for a command that does not exist, and for one that cannot be run. */
const notFound = 127;
const notExecutable = 126;

/**
 * Runs a command in our place: with our stdin, and its output going straight where ours would, not through us.
 * @returns its exit code, as a shell would give it: 128 and the number of the signal that ended it.
 */
export function runInherited(file: string, args: readonly string[], options: InheritedOptions): Promise<number> {
  const { cwd, env, outputFd } = options;
  const child = spawn(file, args, { cwd, env, stdio: ['inherit', outputFd ?? 1, outputFd ?? 2] });
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      if (hasCode(error, 'ENOENT')) resolve(notFound);
      else if (hasCode(error, 'EACCES', 'ENOEXEC')) resolve(notExecutable);
      else reject(error);
    });
    child.once('exit', (code, signal) => {
      resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]);
    });
  });
}
