import { fatalError, refusal } from '../base/errors.ts';
import { gitFailed, tryGit, type GitPlace } from './exec.ts';
import type { ObjectHeader } from './batch-parser.ts';
import { streamingThreshold } from './objects.ts';
import { createObjectReader, type GitObject } from './whole-objects.ts';

/** What is known of an object that was asked for: all of it, its head alone if it is too big to be read whole, or nothing. */
export type SessionAnswer = GitObject | (ObjectHeader & { body: undefined }) | undefined;

/** One git process that answers questions about objects for as long as somebody has any. */
export interface ObjectSession {
  /**
   * Reads objects, by position. What git dies of (a tree or a blob that is damaged) reads as if it were not there: results come from other people, and
   * one of them must not keep the others from being read.
   * @param names ids, or anything else git can resolve, without newlines.
   * @throws JciError (128) when git fails, (3) when it is too old. The next call starts it anew.
   */
  read(names: readonly string[]): Promise<SessionAnswer[]>;
  /** Ends git. What is still waited for is rejected. */
  close(): void;
}

const args = ['-c', streamingThreshold, 'cat-file', '--batch-command', '--buffer'];

/** Git is started by the first question, and again when it has died. */
export function openObjectSession(place: GitPlace): ObjectSession {
  let process: SessionProcess | undefined;
  return {
    async read(names) {
      if (names.some((name) => name.includes('\n'))) throw fatalError('an object cannot be asked for by a name with a line break');
      const answers: SessionAnswer[] = [];
      while (answers.length < names.length) {
        if (process === undefined || process.hasEnded()) process = startSession(place);
        for (const answer of await process.ask(names.slice(answers.length))) answers.push(answer);
      }
      return answers;
    },
    close: () => process?.end(),
  };
}

interface SessionProcess {
  /** @returns fewer answers than names if git dies of one of them, which then is the last that is answered; none if it was another question's. */
  ask(names: readonly string[]): Promise<SessionAnswer[]>;
  hasEnded(): boolean;
  end(): void;
}

interface Question {
  answers: SessionAnswer[];
  missing: number;
  resolve(answers: SessionAnswer[]): void;
  reject(error: unknown): void;
}

function startSession(place: GitPlace): SessionProcess {
  const questions: Question[] = [];
  const outbox = createOutbox();
  const stop = new AbortController();
  let ended = false;

  const take = createObjectReader((object, tooBig) => {
    const question = questions[0];
    if (question === undefined) return;
    // The buffer is git's next answer soon.
    question.answers.push(object === undefined ? tooBig && { ...tooBig, body: undefined } : { ...object, body: Buffer.from(object.body) });
    question.missing -= 1;
    if (question.missing > 0) return;
    questions.shift();
    question.resolve(question.answers);
  });

  const fail = (error: unknown): void => {
    ended = true;
    for (const { reject } of questions.splice(0)) reject(error);
  };
  /** Git answers in order: what it dies of is the first that has no answer. */
  const passOver = (): void => {
    ended = true;
    const [first, ...others] = questions.splice(0);
    first?.resolve([...first.answers, undefined]);
    for (const { resolve } of others) resolve([]);
  };
  const ask = (names: readonly string[]): Promise<SessionAnswer[]> =>
    new Promise((resolve, reject) => {
      questions.push({ answers: [], missing: names.length, resolve, reject });
      outbox.add(names.map((name) => `contents ${name}\n`).join(''));
    });
  // What it says before this is no word about an object.
  let isUp = false;
  ask([nothing]).then(() => (isUp = true), () => undefined);

  tryGit(place, args, { signal: stop.signal, onStdout: take, input: (write, gone) => outbox.sendTo(write, gone) }).then(
    (result) => {
      if (isUp && result.exitCode === 128) passOver();
      else fail(result.exitCode === 129 ? tooOld() : gitFailed(args, result));
    },
    fail,
  );

  return {
    ask,
    hasEnded: () => ended,
    end() {
      stop.abort();
      fail(fatalError('git jci is being ended'));
    },
  };
}

/** Can be the name of no object, so that it is not looked for anywhere, on no remote either. */
const nothing = '.';

const tooOld = (): Error => refusal('this git cannot answer one question after another', { hint: 'install git 2.36 or newer' });

interface Outbox {
  add(text: string): void;
  /** Sends all that is and will be added, until the reader is gone. */
  sendTo(write: (text: string) => Promise<void>, gone: Promise<unknown>): Promise<void>;
}

/** What is asked within one turn of the event loop goes out in one piece, with one flush. */
function createOutbox(): Outbox {
  let text = '';
  let wake = (): void => undefined;
  return {
    add(more) {
      text += more;
      wake();
    },
    async sendTo(write, gone) {
      const state = { isGone: false };
      const leave = (): void => {
        state.isGone = true;
        wake();
      };
      gone.then(leave, leave);
      for (;;) {
        if (text === '') await new Promise<void>((resolve) => (wake = resolve));
        if (state.isGone) return;
        const batch = text;
        text = '';
        await write(`${batch}flush\n`);
      }
    },
  };
}
