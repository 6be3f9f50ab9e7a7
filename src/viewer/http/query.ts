import type { Context } from 'hono';
import { badRequest } from './problems.ts';

/** A parameter that is a whole number, from 0. @throws HttpProblem (400) for anything else. */
export function wholeNumber(c: Context, name: string): number | undefined {
  const text = c.req.query(name);
  if (text === undefined || text === '') return undefined;
  if (!/^\d{1,9}$/.test(text)) throw badRequest(`${name}: '${text}' is not a whole number`);
  return Number(text);
}

/** A parameter with few values. @throws HttpProblem (400) for another. */
export function choice<Word extends string>(c: Context, name: string, words: readonly Word[]): Word | undefined {
  const text = c.req.query(name);
  if (text === undefined || text === '') return undefined;
  const found = words.find((word) => word === text);
  if (found === undefined) throw badRequest(`${name}: '${text}' is none of ${words.join(', ')}`);
  return found;
}

/** A parameter that is on or off. */
export const flag = (c: Context, name: string): boolean => ['1', 'true'].includes(c.req.query(name) ?? '');
