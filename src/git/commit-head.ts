import type { ObjectId } from '../model/object-id.ts';
import { longestSubject } from './commit-text.ts';

/** What a commit says of itself. */
export interface CommitHead {
  tree: ObjectId;
  author: string;
  /** RFC 3339, UTC, to the second; empty for a date that is none. */
  date: string;
  /** The lines up to the first blank one, joined. */
  subject: string;
  /** All of it, cut at `longestMessage`. */
  message: string;
}

/** UTF-16 units of a message that are kept. */
const longestMessage = 64 * 1024;

/**
 * Reads a commit in whatever encoding it says it has.
 * @param body as `git cat-file` gives it.
 */
export function readCommitHead(body: Buffer): CommitHead {
  const end = body.indexOf('\n\n');
  const head = body.subarray(0, end < 0 ? body.length : end);
  const encoding = /\nencoding (\S+)/.exec(head.toString('latin1'))?.[1] ?? 'utf-8';
  const headText = decode(head, encoding);
  const [, author = '', seconds = ''] = /\nauthor (.*?) ?<[^>\n]*> (\d{1,12}) [+-]\d{4}/.exec(headText) ?? [];
  const message = end < 0 ? '' : decode(body.subarray(end + 2, end + 2 + 4 * longestMessage), encoding).slice(0, longestMessage);
  return { tree: /^tree ([0-9a-f]+)/.exec(headText)?.[1] ?? '', author, date: dateOf(seconds), subject: subjectIn(message), message };
}

function decode(bytes: Buffer, encoding: string): string {
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    // No such encoding: this one reads anything.
    return bytes.toString('latin1');
  }
}

const dateOf = (seconds: string): string => (seconds === '' ? '' : new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z'));

function subjectIn(message: string): string {
  const lines = message.trimStart().split('\n').map((line) => line.trimEnd());
  const blank = lines.indexOf('');
  return lines.slice(0, blank < 0 ? undefined : blank).join(' ').slice(0, longestSubject);
}
