import { JciError } from '../../base/errors.ts';
import { cancelSignals } from '../../model/outcome.ts';
import { onCancelSignals } from '../signals.ts';

/**
 * Runs work that Ctrl-C, SIGTERM and SIGHUP end in an orderly way: git is told, and what was begun is tidied up.
 * @throws JciError with the exit code of the signal.
 */
export async function cancellable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const release = onCancelSignals((name) => controller.abort(new JciError(cancelSignals[name], `cancelled by ${name}`)));
  try {
    return await work(controller.signal);
  } finally {
    release();
  }
}
