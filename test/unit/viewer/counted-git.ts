import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestRepo } from '../../helpers/repo.ts';
import { sabotage } from '../../helpers/saboteur.ts';

/** A git that leaves a trace of each process. */
export interface CountedGit {
  /** The repository with that git on its PATH. */
  repo: TestRepo;
  /** What was noted of each process, its arguments first, whose arguments fit. */
  traces(fits: RegExp): string[];
}

/** Puts one in front of the real one. @param note shell words that are noted, too. */
export function countGit(repo: TestRepo, note = ''): CountedGit {
  const path = join(repo.root, 'git.trace');
  return {
    repo: sabotage(repo, { program: 'git', when: '*', before: `{ printf '%s ' "$@" ${note}; echo; } >>'${path}'` }),
    traces: (fits) => (existsSync(path) ? readFileSync(path, 'utf8') : '').split('\n').filter((line) => line !== '' && fits.test(line)),
  };
}
