import type { ObjectId } from '../model/object-id.ts';
import type { Identity } from './identity.ts';

export interface CommitParts {
  tree: ObjectId;
  identity: Identity;
  /** ms since the epoch. */
  now: number;
  message: string;
}

/** The content of a parentless commit, as `git commit-tree` would write it. */
export function commitObject({ tree, identity, now, message }: CommitParts): Buffer {
  const when = `${Math.floor(now / 1000)} ${timeZone(now)}`;
  const { author, committer } = identity;
  return Buffer.from(
    `tree ${tree}\n` +
      `author ${author.name} <${author.email}> ${when}\n` +
      `committer ${committer.name} <${committer.email}> ${when}\n\n${message}`,
  );
}

/** `+0130`; JavaScript counts the minutes westward. */
function timeZone(now: number): string {
  const minutes = -new Date(now).getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}${pad(size % 60)}`;
}

const pad = (n: number): string => String(n).padStart(2, '0');
