import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Problem } from '../../api/repository.ts';
import { exitCode } from '../../base/exit-codes.ts';
import { JciError } from '../../base/errors.ts';

/** A request that cannot be answered as asked. */
export class HttpProblem extends Error {
  readonly status: ContentfulStatusCode;
  readonly hint: string | undefined;

  constructor(status: ContentfulStatusCode, message: string, hint?: string) {
    super(message);
    this.status = status;
    this.hint = hint;
  }
}

export const badRequest = (message: string, hint?: string): HttpProblem => new HttpProblem(400, message, hint);
export const notFound = (message: string, hint?: string): HttpProblem => new HttpProblem(404, message, hint);
export const forbidden = (message: string, hint?: string): HttpProblem => new HttpProblem(403, message, hint);

/** The status of anything thrown, and what is said about it. */
export function problemOf(error: unknown): { status: ContentfulStatusCode; problem: Problem } {
  if (error instanceof HttpProblem || error instanceof JciError) {
    const told = error instanceof JciError ? withoutFolders : asIs;
    const { message, hint } = error;
    return { status: statusOf(error), problem: { error: told(message), ...(hint === undefined ? {} : { hint: told(hint) }) } };
  }
  return { status: 500, problem: { error: 'git jci did not expect this', hint: 'the terminal that git jci web runs in says more' } };
}

function statusOf(error: HttpProblem | JciError): ContentfulStatusCode {
  if (error instanceof HttpProblem) return error.status;
  if (error.exitCode === exitCode.usage) return 400;
  return error.exitCode === exitCode.refused ? 409 : 503;
}

const asIs = (text: string): string => text;

/** A path in quotes may have blanks. What stands in front of a slash tells a path from the middle of a ref or an address. */
const absolutePath = /(?<=(['"`]))\/[^\n]*?(?=\1)|(?<![\w.:~/-])\/[^\s'"`():,;]+/g;

/** Of each path of this machine only its last name: who looks at the page need not know where things are. */
const withoutFolders = (text: string): string => text.replace(absolutePath, (path) => path.replace(/\/+$/, '').replace(/^.*\//s, ''));
