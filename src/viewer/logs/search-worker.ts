import { Worker } from 'node:worker_threads';
import { refusal } from '../../base/errors.ts';

/** Where a line of a text fits. */
export interface RegexHit {
  /** The line, from 0. */
  at: number;
  /** In the line. */
  index: number;
}

/** A regular expression in a thread of its own. */
export interface RegexWorker {
  /**
   * The lines of a text that fit, and where in them. Texts wait for their turn.
   * @throws JciError (3) if it takes too long: the thread is ended then.
   */
  search(text: string): Promise<readonly RegexHit[]>;
  close(): void;
}

/** There are expressions that would take years for one line: nothing but an end of the thread stops them. */
const longestMs = 2000;

/** A text, not a file: what it is bundled into has no files beside it. */
const program = `
const { parentPort, workerData: { source, flags, inOneGo } } = require('node:worker_threads');
const pattern = new RegExp(source, flags);
const lineByLine = (text) => {
  const found = [];
  const lines = text.split('\\n');
  for (let at = 0; at < lines.length; at += 1) {
    const index = lines[at].search(pattern);
    if (index !== -1) found.push({ at, index });
  }
  return found;
};
const next = inOneGo ? new RegExp(source, flags + 'gm') : undefined;
const allAtOnce = (text) => {
  const found = [];
  let at = 0;
  let start = 0;
  next.lastIndex = 0;
  for (let hit = next.exec(text); hit !== null; hit = next.exec(text)) {
    for (let end = text.indexOf('\\n', start); end !== -1 && end < hit.index; end = text.indexOf('\\n', start)) {
      at += 1;
      start = end + 1;
    }
    found.push({ at, index: hit.index - start });
    const end = text.indexOf('\\n', hit.index);
    if (end === -1) break;
    at += 1;
    start = next.lastIndex = end + 1;
  }
  return found;
};
parentPort.on('message', (text) => {
  parentPort.postMessage(inOneGo && !/[\\r\\u2028\\u2029]/.test(text) ? allAtOnce(text) : lineByLine(text));
});
`;

/**
 * True if no hit can reach over a line feed: then many lines are looked at in one go. Nothing in it may take a line feed for one of many characters,
 * and nothing may look around, since the end of a line is not the end of the text.
 */
const staysInLine = (source: string): boolean => /^(?:[^\\[(\p{Cc}]|\\[dwSbB\p{P}\p{S}]|\((?!\?)|\(\?:|\[(?!\^)(?:[^\\\]\p{Cc}]|\\[dw\p{P}\p{S}])*\])*$/u.test(source);

/** @param source a regular expression that has been tried before. */
export function startRegexWorker(source: string, flags: string): RegexWorker {
  const worker = new Worker(program, { eval: true, workerData: { source, flags, inOneGo: staysInLine(source) }, execArgv: [], env: {} });
  // It waits for texts: nobody has to wait for it.
  worker.unref();
  const waiting: { resolve(found: readonly RegexHit[]): void; reject(error: Error): void }[] = [];
  let ended: Error | undefined;
  let timer: NodeJS.Timeout | undefined;
  const watch = (): void => {
    clearTimeout(timer);
    if (waiting.length > 0) timer = setTimeout(() => end(tooSlow(source)), longestMs);
  };
  const end = (cause: Error): void => {
    ended ??= cause;
    for (const { reject } of waiting.splice(0)) reject(ended);
    watch();
    void worker.terminate();
  };
  worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))));
  worker.on('message', (found: readonly RegexHit[]) => {
    waiting.shift()?.resolve(found);
    watch();
  });
  return {
    search: (text) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) {
          reject(ended);
          return;
        }
        waiting.push({ resolve, reject });
        if (waiting.length === 1) watch();
        worker.postMessage(text);
      }),
    close: () => end(new Error('the search has ended')),
  };
}

const tooSlow = (source: string): Error =>
  refusal(`'${source}' takes too long: more than ${longestMs / 1000} s for a few lines`, { hint: 'repeat nothing that is repeated already, or search for plain text' });
