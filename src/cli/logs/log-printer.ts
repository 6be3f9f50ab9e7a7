import { gitText } from '../../git/exec.ts';
import { createTerminalFilter } from '../../output/terminal-log.ts';
import { openPager } from '../../proc/pager.ts';
import type { Call } from '../command.ts';

/** Where a log is shown. */
export interface LogPrinter {
  /** @returns false when nobody reads any more. */
  take(chunk: Buffer): Promise<boolean>;
  end(): Promise<void>;
}

/**
 * Opens the place to show a log: a pager, the terminal, or whatever stdout is.
 *
 * On a terminal only colours are let through: a log that came with a pull could otherwise set the clipboard or the title.
 */
export async function openLogPrinter({ ctx, repo }: Call<unknown>, wantsPager: boolean): Promise<LogPrinter> {
  const { stdout } = ctx;
  if (!stdout.isTTY) {
    return {
      async take(chunk) {
        stdout.write(chunk);
        await stdout.drained();
        return !stdout.closed;
      },
      end: () => Promise.resolve(),
    };
  }
  const filter = createTerminalFilter();
  const pagerCommand = wantsPager ? await gitText(repo, ['var', 'GIT_PAGER']) : 'cat';
  if (pagerCommand === 'cat' || pagerCommand === '') return terminalPrinter(stdout, filter);
  const pager = openPager(pagerCommand, ctx.env);
  return {
    async take(chunk) {
      await pager.write(filter.write(chunk));
      return !pager.closed;
    },
    async end() {
      await pager.write(filter.end());
      await pager.end();
    },
  };
}

function terminalPrinter(stdout: Call<unknown>['ctx']['stdout'], filter: ReturnType<typeof createTerminalFilter>): LogPrinter {
  return {
    async take(chunk) {
      stdout.write(filter.write(chunk));
      await stdout.drained();
      return !stdout.closed;
    },
    end() {
      stdout.write(filter.end());
      return Promise.resolve();
    },
  };
}
