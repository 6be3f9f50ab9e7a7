import type { Env } from '../base/context.ts';

/**
 * What ties a git process to a repository, as in `git rev-parse --local-env-vars`, or to the git that called us. Not the
 * configuration given with `git -c`, which is the user's will.
 *
 * Git exports these to hooks and aliases: a git process elsewhere that inherits them works on the wrong repository.
 */
const repositoryVariables = [
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_OBJECT_DIRECTORY',
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_GRAFT_FILE',
  'GIT_INDEX_FILE',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_REPLACE_REF_BASE',
  'GIT_PREFIX',
  'GIT_SHALLOW_FILE',
  'GIT_COMMON_DIR',
  'GIT_NAMESPACE',
  'GIT_QUARANTINE_PATH',
  'GIT_REFLOG_ACTION',
  'GIT_EXEC_PATH',
] as const;

/** Variables that a script must not inherit either: those above, and what `git -c` and hooks leave behind. */
const callVariables = ['GIT_CONFIG_PARAMETERS', 'GIT_CONFIG_COUNT', 'GIT_AUTHOR_DATE', 'GIT_INTERNAL_SUPER_PREFIX'] as const;

/** The environment of the git processes we start: tied to no repository, with messages we can read. */
export function gitEnvironment(env: Env): Env {
  return { ...without(env, repositoryVariables), LC_ALL: 'C', LANGUAGE: '', GIT_OPTIONAL_LOCKS: '0' };
}

/** The environment that `.jci/run.sh` inherits: the user's, without anything a hook of git put there. */
export function scriptEnvironment(env: Env): Env {
  const numbered = Object.keys(env).filter((name) => /^GIT_CONFIG_(?:KEY|VALUE)_\d+$/.test(name));
  return without(env, [...repositoryVariables, ...callVariables, ...numbered]);
}

function without(env: Env, names: readonly string[]): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
}
