import { Worker } from 'node:worker_threads';
import { refusal } from '../../base/errors.ts';

/** A regular expression in a thread of its own. */
export interface RegexWorker {
  /**
   * The lines of a text that fit, and where in them. One text at a time.
   * @throws JciError (3) if it takes too long: the thread is ended then.
   */
  search(text: string): Promise<readonly { at: number; index: number }[]>;
  close(): void;
}

/** There are expressions that would take years for one line: nothing but an end of the thread stops them. */
const longestMs = 2000;

/** A text, not a file: what it is bundled into has no files beside it. */
const program = `
const { parentPort, workerData: { source, flags } } = require('node:worker_threads');
const pattern = new RegExp(source, flags);
parentPort.on('message', (text) => {
  const found = [];
  const lines = text.split('\\n');
  for (let at = 0; at < lines.length; at += 1) {
    const index = lines[at].search(pattern);
    if (index !== -1) found.push({ at, index });
  }
  parentPort.postMessage(found);
});
`;

/** @param source a regular expression that has been tried before. */
export function startRegexWorker(source: string, flags: string): RegexWorker {
  const worker = new Worker(program, { eval: true, workerData: { source, flags }, execArgv: [], env: {} });
  // It waits for texts: nobody has to wait for it.
  worker.unref();
  let ended: Error | undefined;
  let settle: (() => void) | undefined;
  const end = (cause: Error): void => {
    ended ??= cause;
    settle?.();
    void worker.terminate();
  };
  worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))));
  return {
    search: (text) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => end(tooSlow(source)), longestMs);
        const take = (found: { at: number; index: number }[]): void => {
          done();
          resolve(found);
        };
        const done = (): void => {
          clearTimeout(timer);
          worker.off('message', take);
          settle = undefined;
        };
        settle = () => {
          done();
          reject(ended ?? new Error('the search has ended'));
        };
        worker.on('message', take);
        if (ended === undefined) worker.postMessage(text);
        else settle();
      }),
    close: () => end(new Error('the search has ended')),
  };
}

const tooSlow = (source: string): Error =>
  refusal(`'${source}' takes too long: more than ${longestMs / 1000} s for a few lines`, { hint: 'repeat nothing that is repeated already, or search for plain text' });
