import { systemContext, type Context } from '../base/context.ts';
import { exitCode } from '../base/exit-codes.ts';
import { reportError } from './report-error.ts';
import { runCommandLine } from './run-command-line.ts';

/** Runs one command line to its end and exits with its code. */
async function main(ctx: Context, argv: readonly string[]): Promise<void> {
  const debug = argv.includes('--debug') || ctx.env['JCI_DEBUG'] === '1';
  const args = argv.filter((arg, index) => arg !== '--debug' || argv.slice(0, index).includes('--'));
  const code = await runCommandLine(ctx, args).catch((error: unknown) => reportError(ctx, error, debug));
  // Whatever is still open (a watcher, a reader that was given up on) must not keep us: but what was said must get out.
  await Promise.all([ctx.stdout.flushed(), ctx.stderr.flushed()]);
  process.exit(code);
}

process.on('uncaughtException', (error) => {
  process.stderr.write(`git jci: internal error: ${error.stack ?? String(error)}\n`);
  process.exit(exitCode.broken);
});

void main(systemContext(), process.argv.slice(2));
