import { join } from 'node:path';
import type { TestRepo } from './repo.ts';

export interface Sabotage {
  /** The program to stand in for, such as `git`. */
  program: string;
  /** A shell pattern on its arguments, joined by spaces. */
  when: string;
  /** Shell commands before the real program runs, or after it. `$PPID` is git jci. */
  before?: string;
  after?: string;
}

/**
 * Puts a stand-in for a program on the PATH that does harm at one chosen moment and is the real one otherwise.
 * @returns the repository with that PATH.
 */
export function sabotage(repo: TestRepo, { program, when, before = '', after = '' }: Sabotage): TestRepo {
  const folder = join(repo.root, 'sabotage');
  const path = repo.env['PATH'] ?? '';
  const script = `#!/bin/bash
export PATH='${path}'
hit=; case "$*" in ${when}) hit=1;; esac
if [ "$hit" ]; then ${before || ':'}; fi
${program} "$@"; code=$?
if [ "$hit" ]; then ${after || ':'}; fi
exit $code
`;
  repo.write(join(folder, program), script, { executable: true });
  return repo.at('.', { PATH: `${folder}:${path}` });
}

/** Ends git jci as a power cut would. */
export const killGitJci = 'kill -KILL $PPID';
