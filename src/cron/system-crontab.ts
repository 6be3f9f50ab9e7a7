import type { Context } from '../base/context.ts';
import { hasCode, refusal } from '../base/errors.ts';
import { capture, type Finished } from '../proc/capture.ts';

/**
 * The user's crontab, one character per byte: it may be in any encoding, and all of it must survive us.
 * @returns an empty text if the user has none.
 * @throws JciError (3) when there is no crontab program, or it does not let the user have a crontab.
 */
export async function readCrontab(ctx: Context): Promise<string> {
  const result = await crontab(ctx, ['-l']);
  if (result.exitCode === 0) return result.stdout.toString('latin1');
  // The second is busybox's way to say it.
  if (/no crontab for|can't open .*No such file/i.test(result.stderr)) return '';
  throw refusal(`the crontab cannot be read: ${saidBy(result)}`, { hint: 'try it yourself: crontab -l' });
}

/**
 * Replaces the user's crontab; an empty text removes it.
 * @throws JciError (3) with cron's own words when it refuses the text: the old one is still in force then.
 */
export async function writeCrontab(ctx: Context, text: string): Promise<void> {
  const result = text === '' ? await crontab(ctx, ['-r']) : await crontab(ctx, ['-'], Buffer.from(text, 'latin1'));
  if (result.exitCode === 0) return;
  throw refusal(`cron refused the new crontab, the old one stays: ${saidBy(result)}`, {
    hint: 'see what else is in it with: crontab -e',
  });
}

async function crontab(ctx: Context, args: readonly string[], input?: Uint8Array): Promise<Finished> {
  // Without the variable Debian's crontab -l may print a header that every write would then add once more.
  const env = { ...ctx.env, LC_ALL: 'C', CRONTAB_NOHEADER: 'Y' };
  try {
    return await capture('crontab', args, { cwd: '/', env, ...(input === undefined ? {} : { input }) });
  } catch (error) {
    if (!hasCode(error, 'ENOENT', 'EACCES')) throw error;
    throw refusal('there is no crontab program on this machine', { hint: 'install cron (Debian: apt install cron)', cause: error });
  }
}

/** On one line, without the name it gives standard input. */
function saidBy({ stderr, exitCode }: Finished): string {
  const words = stderr.trim().replaceAll(/\s*\n\s*/g, '; ').replace(/^"?-"?:/, 'line ');
  return words === '' ? `exit ${exitCode}` : words;
}
