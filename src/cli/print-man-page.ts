import { usageError } from '../base/errors.ts';
import { exitCode } from '../base/exit-codes.ts';
import { version } from '../base/version.ts';
import type { Call } from './command.ts';
import { manPage } from './man-page.ts';
import { loadAllCommands } from './table.ts';

/** `git jci __man`: the manual page, dated by SOURCE_DATE_EPOCH as other tools of a build are. @returns the exit code. */
export async function printManPage({ ctx }: Call<unknown>): Promise<number> {
  ctx.stdout.write(manPage(await loadAllCommands(), { version, date: dateOf(ctx.env['SOURCE_DATE_EPOCH']) }));
  return exitCode.ok;
}

function dateOf(epoch: string | undefined): string {
  if (epoch === undefined || epoch === '') return '';
  if (!/^\d{1,11}$/.test(epoch)) throw usageError(`SOURCE_DATE_EPOCH: '${epoch}' is not a number of seconds`);
  return new Date(Number(epoch) * 1000).toISOString().slice(0, 10);
}
