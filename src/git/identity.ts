import type { Env } from '../base/context.ts';
import type { GitConfig } from './config.ts';

/** Who result commits are by, where the user has told git nothing. */
const ours = { name: 'git-jci', email: 'git-jci@localhost' };

/**
 * What to add to the environment so that git can commit: nothing where the user told git who they are.
 *
 * Otherwise git would make a name up from the machine, or refuse.
 */
export function fallbackIdentity(env: Env, config: GitConfig): Env {
  if (isTold(env, config, 'NAME') && isTold(env, config, 'EMAIL')) return {};
  return {
    GIT_AUTHOR_NAME: ours.name,
    GIT_AUTHOR_EMAIL: ours.email,
    GIT_COMMITTER_NAME: ours.name,
    GIT_COMMITTER_EMAIL: ours.email,
  };
}

function isTold(env: Env, config: GitConfig, what: 'NAME' | 'EMAIL'): boolean {
  if (what === 'EMAIL' && env['EMAIL'] !== undefined) return true;
  return ['author', 'committer'].every(
    (role) =>
      env[`GIT_${role.toUpperCase()}_${what}`] !== undefined ||
      config.has(`user.${what.toLowerCase()}`) ||
      config.has(`${role}.${what.toLowerCase()}`),
  );
}
