import type { Env } from '../base/context.ts';
import type { GitConfig } from './config.ts';

/** One side of a commit. */
interface Person {
  name: string;
  email: string;
}

/** Who a result commit is by. */
export interface Identity {
  author: Person;
  committer: Person;
}

/** Who it is by where the user has told git nothing: git itself would make a name up from the machine, or refuse. */
const ours: Person = { name: 'git-jci', email: 'git-jci@localhost' };

/** Git's own identity, from where git takes it: its variables, then `author.*` and `committer.*`, then `user.*`. */
export function findIdentity(env: Env, config: GitConfig): Identity {
  const people = { author: findPerson('author', env, config), committer: findPerson('committer', env, config) };
  const { author, committer } = people;
  return author === undefined || committer === undefined ? { author: ours, committer: ours } : { author, committer };
}

function findPerson(role: 'author' | 'committer', env: Env, config: GitConfig): Person | undefined {
  const find = (what: 'name' | 'email'): string =>
    clean(
      env[`GIT_${role}_${what}`.toUpperCase()] ??
        config.get(`${role}.${what}`)?.at(-1) ??
        config.get(`user.${what}`)?.at(-1) ??
        (what === 'email' ? env['EMAIL'] : undefined) ??
        '',
    );
  const [name, email] = [find('name'), find('email')];
  return name === '' || email === '' ? undefined : { name, email };
}

/** What git itself takes out of names: characters that end them, and at both ends punctuation and what ASCII has up to the space. */
const clean = (text: string): string =>
  text
    .replace(/[<>\n\0]/g, '')
    .replace(/^[\x01-\x20.,:;"'\\]+/, '')
    .replace(/[\x01-\x20.,:;"'\\]+$/, '');

/** The same for a git process that commits. */
export const identityEnvironment = ({ author, committer }: Identity): Env => ({
  GIT_AUTHOR_NAME: author.name,
  GIT_AUTHOR_EMAIL: author.email,
  GIT_COMMITTER_NAME: committer.name,
  GIT_COMMITTER_EMAIL: committer.email,
});
