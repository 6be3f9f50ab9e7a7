import type { Context } from '../base/context.ts';
import { hasCode, JciError, messageOf } from '../base/errors.ts';
import { exitCode } from '../base/exit-codes.ts';
import { version } from '../base/version.ts';
import { printable, printableLines } from '../output/terminal-text.ts';

/**
 * Tells the user what went wrong, on stderr. What others wrote may stand in it (names of steps, settings of a repository).
 * @returns the exit code.
 */
export function reportError(ctx: Context, error: unknown, debug: boolean): number {
  if (debug && error instanceof Error) ctx.stderr.write(printableLines(`${error.stack ?? error.message}\n${describeCause(error)}`));
  if (error instanceof JciError) {
    ctx.stderr.write(`git jci: ${printableLines(error.message)}\n`);
    if (error.hint !== undefined) ctx.stderr.write(`hint: ${printable(error.hint)}\n`);
    return error.exitCode;
  }
  ctx.stderr.write(`git jci: ${printableLines(messageOf(error))}\n`);
  if (hasCode(error, ...machineTrouble)) return exitCode.broken;
  ctx.stderr.write(`hint: git jci ${version} did not expect this; add --debug to see where it comes from\n`);
  return exitCode.broken;
}

/** What the machine may refuse at any time: the message says all there is to say. */
const machineTrouble = ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO', 'EMFILE', 'ENFILE', 'ENOMEM'];

const describeCause = (error: Error): string =>
  error.cause instanceof Error ? `caused by ${error.cause.stack ?? error.cause.message}\n` : '';
