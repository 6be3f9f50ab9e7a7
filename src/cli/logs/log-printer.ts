import type { Env } from '../../base/context.ts';
import type { OutputStream } from '../../base/output-stream.ts';
import { gitText } from '../../git/exec.ts';
import { openPager } from '../../proc/pager.ts';
import type { Call } from '../command.ts';

/** Where a log goes. */
export interface LogPrinter {
  /** @returns false when nobody reads any more. */
  take(chunk: Buffer): Promise<boolean>;
  end(): Promise<void>;
}

/** Opens the place to show a log: a pager, the terminal, or whatever stdout is. */
export async function openLogPrinter({ ctx, repo }: Call<unknown>, wantsPager: boolean): Promise<LogPrinter> {
  const pagerCommand = wantsPager && ctx.stdout.isTTY ? await gitText(repo, ['var', 'GIT_PAGER']) : 'cat';
  return pagerCommand === 'cat' || pagerCommand === '' ? stdoutPrinter(ctx.stdout) : pagerPrinter(pagerCommand, ctx.env);
}

function stdoutPrinter(stdout: OutputStream): LogPrinter {
  return {
    async take(chunk) {
      stdout.write(chunk);
      await stdout.drained();
      return !stdout.closed;
    },
    end: () => Promise.resolve(),
  };
}

function pagerPrinter(shellCommand: string, env: Env): LogPrinter {
  const pager = openPager(shellCommand, env);
  return {
    async take(chunk) {
      await pager.write(chunk);
      return !pager.closed;
    },
    end: () => pager.end(),
  };
}
