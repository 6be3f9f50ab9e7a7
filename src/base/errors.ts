import { exitCode } from './exit-codes.ts';

export interface ErrorDetails {
  /** The next command to type, or what to change: printed on a line of its own. */
  hint?: string;
  cause?: unknown;
}

/**
 * An expected failure: printed as one line and a hint, without a stack trace.
 *
 * Anything else that reaches `main` is a bug in git jci and is reported as one.
 */
export class JciError extends Error {
  readonly exitCode: number;
  readonly hint: string | undefined;

  constructor(code: number, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.name = 'JciError';
    this.exitCode = code;
    this.hint = details.hint;
  }
}

/** The command line is wrong: exit 2. */
export const usageError = (message: string, details?: ErrorDetails): JciError =>
  new JciError(exitCode.usage, message, details);

/** Refused or impossible (locked, not found, ambiguous, remote refused): exit 3. */
export const refusal = (message: string, details?: ErrorDetails): JciError =>
  new JciError(exitCode.refused, message, details);

/** Not a repository, no commit, git failed, or a result could not be stored: exit 128. */
export const fatalError = (message: string, details?: ErrorDetails): JciError =>
  new JciError(exitCode.broken, message, details);

/** True for a Node system error with one of these codes (`ENOENT`, `EEXIST`, ...). */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && codes.includes(code);
}

/** True for any error that the operating system gave. */
export const isSystemError = (error: unknown): error is Error => error instanceof Error && 'errno' in error;

/** The message of anything thrown, for building a sentence around it. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
