import { systemContext, type Context } from '../base/context.ts';
import { exitCode } from '../base/exit-codes.ts';
import { printableLines } from '../output/terminal-text.ts';
import { reportError } from './report-error.ts';
import { runCommandLine } from './run-command-line.ts';

/** Runs one command line to its end and exits with its code. */
async function main(ctx: Context, argv: readonly string[]): Promise<void> {
  const debug = argv.includes('--debug') || ctx.env['JCI_DEBUG'] === '1';
  const args = argv.filter((arg, index) => arg !== '--debug' || argv.slice(0, index).includes('--'));
  const code = await runCommandLine(ctx, args).catch((error: unknown) => reportError(ctx, error, debug));
  // Whatever is still open (a watcher, a reader that was given up on) must not keep us: but what was said must get out.
  await ctx.stdout.flushed();
  const finalCode = ctx.stdout.failure === undefined ? code : reportLostOutput(ctx, ctx.stdout.failure, args, code);
  await ctx.stderr.flushed();
  process.exit(finalCode);
}

/** The code of a run is its verdict, which is stored whatever became of the output. @returns the exit code. */
function reportLostOutput(ctx: Context, failure: Error, [name, subcommand]: readonly string[], code: number): number {
  ctx.stderr.write(`git jci: the output could not be written: ${failure.message}\n`);
  const isVerdict = name === 'run' || name === 'rerun' || (name === 'cron' && subcommand === 'run');
  return isVerdict || code !== exitCode.ok ? code : exitCode.broken;
}

process.on('uncaughtException', (error) => {
  try {
    process.stderr.write(`git jci: internal error: ${printableLines(error.stack ?? String(error))}\n`);
  } finally {
    process.exit(exitCode.broken);
  }
});

void main(systemContext(), process.argv.slice(2));
