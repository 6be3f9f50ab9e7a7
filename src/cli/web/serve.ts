import { isIP } from 'node:net';
import { html, scriptHash, styleHash } from '#viewer-page';
import { usageError } from '../../base/errors.ts';
import { exitCode } from '../../base/exit-codes.ts';
import { createViewer } from '../../viewer/create-viewer.ts';
import { listen } from '../../viewer/listen.ts';
import type { Call } from '../command.ts';
import { recoverRuns } from '../session.ts';
import { onCancelSignals } from '../signals.ts';
import { createActions } from './actions.ts';
import { createLastingViewer } from './lasting-viewer.ts';
import { openPage } from './open-page.ts';

export interface WebOptions {
  host?: string;
  open?: boolean;
}

const defaultPort = 8000;
const defaultHost = '127.0.0.1';

/** `git jci web [port]`, until Ctrl-C. @returns the exit code. */
export async function serveViewer({ ctx, repo, ui, args, options }: Call<WebOptions>): Promise<number> {
  const port = readPort(args[0]);
  const host = options.host ?? defaultHost;
  await recoverRuns(repo, ui);
  const onBug = (error: unknown): void => ui.warn(error instanceof Error ? (error.stack ?? error.message) : String(error));
  const fixed = { page: { html, scriptHash, styleHash }, token: ctx.randomHex(16), hosts: [host, ctx.host], onBug };
  const viewer = createLastingViewer(repo, (place) => createViewer({ ...fixed, repo: place, actions: createActions(place) }));
  const ended = new Promise<void>((resolve) => onCancelSignals(() => resolve()));
  const listening = await listen(viewer, { host, port: port ?? defaultPort, orAny: port === undefined });
  const url = `http://${urlHost(host)}:${listening.port}/`;
  if (port === undefined && listening.port !== defaultPort) ui.say(`port ${defaultPort} is taken`);
  if (ui.json) ui.printJson({ url, port: listening.port });
  else ui.print(url);
  if (!isLoopback(host)) ui.warn('everybody who can reach this address sees what is in the repository, and can start and cancel runs');
  // A request that goes wrong in a way that nobody thought of must not end all the others.
  process.setUncaughtExceptionCaptureCallback(onBug);
  if (options.open === true) await openPage(url, ctx, ui);
  ui.say('Ctrl-C ends it');
  await ended;
  // Whoever still reads leaves, so that nobody is told of an error.
  await listening.close();
  viewer.close();
  return exitCode.ok;
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw usageError(`'${text}' is not a port`, { hint: 'git jci web 8000' });
  return port;
}

/** Whether only this machine can reach it. */
const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

/** Where a browser on this machine finds what listens everywhere. */
function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
