import { cancelSignals, type CancelSignal } from '../model/outcome.ts';

/**
 * Calls back for Ctrl-C, SIGTERM and SIGHUP, which then no longer end the process.
 * @returns a function that gives the signals back.
 */
export function onCancelSignals(handle: (signal: CancelSignal) => void): () => void {
  const names = Object.keys(cancelSignals) as CancelSignal[];
  const handlers = names.map((name) => ({ name, handler: () => handle(name) }));
  for (const { name, handler } of handlers) process.on(name, handler);
  return () => {
    for (const { name, handler } of handlers) process.off(name, handler);
  };
}
