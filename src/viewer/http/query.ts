import type { Context } from 'hono';
import { badRequest } from './problems.ts';

/** A parameter that is a whole number. @throws HttpProblem (400) for anything else. */
export function wholeNumber(c: Context, name: string, { least = 0, most = 999_999_999 } = {}): number | undefined {
  const text = c.req.query(name);
  if (text === undefined) return undefined;
  const value = /^\d{1,16}$/.test(text) ? Number(text) : -1;
  if (value < least || value > most) throw badRequest(`${name}: '${text}' is not a whole number from ${least} to ${most}`);
  return value;
}

/** A parameter with few values. @throws HttpProblem (400) for another. */
export function choice<Word extends string>(c: Context, name: string, words: readonly Word[]): Word | undefined {
  const text = c.req.query(name);
  if (text === undefined || text === '') return undefined;
  const found = words.find((word) => word === text);
  if (found === undefined) throw badRequest(`${name}: '${text}' is none of ${words.join(', ')}`);
  return found;
}

/** A parameter that is a line of text; empty if it is not there. @throws HttpProblem (400) for what no argument of git can hold, or what would be many. */
export function line(c: Context, name: string): string {
  const text = c.req.query(name) ?? '';
  if (/[\0\n]/.test(text)) throw badRequest(`${name}: it has a line break or a NUL in it`);
  return text;
}

/** A parameter that is on or off. */
export const flag = (c: Context, name: string): boolean => ['1', 'true'].includes(c.req.query(name) ?? '');
