import type { Context } from 'hono';
import { messageOf } from '../../base/errors.ts';
import { badRequest } from '../http/problems.ts';
import { flag } from '../http/query.ts';

/** What is looked for in a line. */
export interface SearchQuery {
  text: string;
  isRegex: boolean;
  /** Without the `g` flag. Not the `u` flag either: the page marks the hits by the same rules. */
  pattern: RegExp;
}

/** Reads `q`, `regex` and `case`. @throws HttpProblem (400) for nothing to look for, and for what is no regular expression. */
export function readQuery(c: Context): SearchQuery {
  const text = c.req.query('q') ?? '';
  const isRegex = flag(c, 'regex');
  if (text === '') throw badRequest('q: there is nothing to search for', 'say it as ?q=<text>');
  const source = isRegex ? text : text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  try {
    return { text, isRegex, pattern: new RegExp(source, flag(c, 'case') ? '' : 'i') };
  } catch (error) {
    throw badRequest(`'${text}' is not a regular expression: ${messageOf(error)}`, 'search for it as plain text');
  }
}
