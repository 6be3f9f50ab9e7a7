import type { Context } from '../../base/context.ts';
import type { OutputStream } from '../../base/output-stream.ts';
import type { RunEvent } from '../../run/request.ts';
import type { Call } from '../command.ts';
import { showsUnicode } from '../render/unicode.ts';
import { liveOutput } from './live-output.ts';
import type { RunOptions } from './options.ts';
import { createStatusLine } from './status-line.ts';

/** What somebody sees of a run while it lasts. */
export interface RunDisplay {
  /** For the script's output; `undefined` if it is not wanted. */
  terminal: OutputStream | undefined;
  tell(event: RunEvent): void;
  /** Leaves the terminal as it should be. May be called again. */
  end(): void;
}

type RunStarted = Extract<RunEvent, { kind: 'started' }>;

/** The output as it comes and, on a terminal, below it what the run is at. */
export function openRunDisplay(call: Call<RunOptions>): RunDisplay {
  const { ctx, ui, options } = call;
  const sayWaiting = (event: RunEvent): void => {
    if (event.kind === 'waiting' && options.quiet !== true) ui.say(ui.err.dim(`waiting for ${event.for}`));
  };
  if (options.quiet === true || options.json === true) return { terminal: undefined, tell: sayWaiting, end: () => undefined };
  const status = createStatusLine(ctx);
  const reader = { colors: ui.out, unicode: showsUnicode(ctx) };
  return {
    terminal: isReadByRunner(ctx) ? ctx.stdout : liveOutput(status.out, reader),
    tell(event) {
      sayWaiting(event);
      if (event.kind === 'started') status.start(statusText(call, event));
      if (event.kind === 'storing') status.end();
    },
    end: () => status.end(),
  };
}

/** Inside a run or a job of GitHub Actions somebody reads our output who knows the commands in it: steps and annotations are theirs too. */
const isReadByRunner = ({ env, stdout }: Context): boolean =>
  !stdout.isTTY && (env['JCI_RUN_ID'] !== undefined || env['GITHUB_ACTIONS'] === 'true');

function statusText({ ctx, repo, ui }: Call<RunOptions>, { key, secrets }: RunStarted): (columns: number) => Promise<string> {
  const start = ctx.elapsed();
  // Loaded when there is something to draw: most runs are over sooner.
  const loading = (): Promise<(elapsedMs: number, columns: number) => string> =>
    import('./running-steps.ts').then(({ describeRunning }) => describeRunning(repo, { key, secrets }, showsUnicode(ctx) ? '…' : '>'));
  let loaded: ReturnType<typeof loading> | undefined;
  return async (columns) => ui.out.dim((await (loaded ??= loading()))(ctx.elapsed() - start, columns));
}
