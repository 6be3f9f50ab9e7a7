import type { ObjectId } from '../model/object-id.ts';

/** The objects in the order in which git is asked for them, each once. */
export interface CheckQueue {
  add(ids: Iterable<ObjectId>): void;
  /** The first one that is not answered. */
  current(): ObjectId | undefined;
  /** Counts it as answered. @returns its id. */
  answer(): ObjectId;
  isDone(): boolean;
  /** Another process: it has to be asked again for what the last one left unanswered. */
  restart(): void;
  /** Asks for what is there, and for what the answers add, until all is answered or git is gone. */
  feed(write: (text: string) => Promise<void>, ended: Promise<unknown>): Promise<void>;
}

const askedAtOnce = 1000;

export function createCheckQueue(first: readonly ObjectId[]): CheckQueue {
  const ids = [...new Set(first)];
  const seen = new Set(ids);
  let [sent, answered] = [0, 0];
  let wake = (): void => undefined;
  const isDone = (): boolean => answered === ids.length;

  /** The next few to ask for; waits for them if there are none yet. */
  const next = async (): Promise<ObjectId[]> => {
    if (sent === ids.length) await new Promise<void>((resolve) => (wake = resolve));
    const some = ids.slice(sent, sent + askedAtOnce);
    sent += some.length;
    return some;
  };
  return {
    add(more) {
      for (const id of more) if (seen.size !== seen.add(id).size) ids.push(id);
      wake();
    },
    current: () => ids[answered],
    answer() {
      answered += 1;
      if (isDone()) wake();
      return ids[answered - 1] ?? '';
    },
    isDone,
    restart() {
      sent = answered;
    },
    async feed(write, ended) {
      const child = { isGone: false };
      const end = (): void => {
        child.isGone = true;
        wake();
      };
      ended.then(end, end);
      while (!child.isGone && !isDone()) {
        const some = await next();
        if (some.length > 0) await write(`${some.join('\n')}\n`);
      }
    },
  };
}
