import { HttpProblem } from './problems.ts';

/** Hands on what git writes. `take` waits until the reader wants more, and says `false` when it is gone. */
export type Source = (take: (chunk: Uint8Array) => Promise<boolean>) => Promise<void>;

/** Long answers, of which only so many have a git process at a time. */
export interface StreamPool {
  /** Nothing of the source is started before somebody reads. */
  stream(source: Source): ReadableStream<Uint8Array>;
  /** Ends all of them. */
  close(): void;
}

export interface StreamPoolOptions {
  /** Sources that may be open at the same time. */
  most: number;
  /** A reader that takes nothing for so long has to make room, if another one waits for it. */
  patienceMs: number;
  elapsed(): number;
}

/** One reader. */
interface Turn {
  /** Since when it has taken nothing; `undefined` while git is the one that is waited for. */
  idleSince: number | undefined;
  begin(): void;
  drop(reason: Error): void;
}

export function createStreamPool(options: StreamPoolOptions): StreamPool {
  const running = new Set<Turn>();
  const waiting = new Set<Turn>();
  let timer: NodeJS.Timeout | undefined;

  const admit = (): void => {
    for (const turn of waiting) {
      if (running.size >= options.most) break;
      waiting.delete(turn);
      running.add(turn);
      turn.begin();
    }
    clearTimeout(timer);
    if (waiting.size > 0) timer = setTimeout(dropIdle, dueIn(running, options));
  };
  const dropIdle = (): void => {
    const now = options.elapsed();
    for (const turn of running) if (now - (turn.idleSince ?? now) >= options.patienceMs) turn.drop(tooSlow());
    admit();
  };
  const leave = (turn: Turn): void => {
    running.delete(turn);
    waiting.delete(turn);
    admit();
  };
  const join = (turn: Turn): void => {
    waiting.add(turn);
    admit();
  };

  return {
    stream: (source) => streamOf(source, options.elapsed, { join, leave }),
    close() {
      for (const turn of [...waiting, ...running]) turn.drop(new Error('git jci is being ended'));
    },
  };
}

const tooSlow = (): Error => new HttpProblem(408, 'nothing of the answer was taken, and others were waiting');

/** When somebody may have been idle for too long. */
function dueIn(running: ReadonlySet<Turn>, { patienceMs, elapsed }: StreamPoolOptions): number {
  const now = elapsed();
  const longest = Math.max(0, ...[...running].map(({ idleSince }) => now - (idleSince ?? now)));
  return Math.max(1, patienceMs - longest);
}

interface Door {
  join(turn: Turn): void;
  leave(turn: Turn): void;
}

function streamOf(source: Source, elapsed: () => number, door: Door): ReadableStream<Uint8Array> {
  const state = { isOver: false, wants: false };
  const isWanted = (): boolean => state.wants;
  let wanted: (goesOn: boolean) => void = () => undefined;
  let turn: Turn | undefined;

  const start = (controller: ReadableStreamDefaultController<Uint8Array>): Turn => {
    const end = (how: () => void): void => {
      if (state.isOver) return;
      state.isOver = true;
      how();
      wanted(false);
    };
    const take = (chunk: Uint8Array): Promise<boolean> => {
      if (state.isOver) return Promise.resolve(false);
      state.wants = false;
      controller.enqueue(chunk);
      // The reader may have asked for more while this was handed over.
      if (isWanted()) return Promise.resolve(true);
      own.idleSince = elapsed();
      return new Promise((resolve) => {
        wanted = resolve;
      });
    };
    const own: Turn = {
      idleSince: undefined,
      begin() {
        source(take)
          .then(() => end(() => controller.close()), (error: unknown) => end(() => controller.error(error)))
          .finally(() => door.leave(own));
      },
      drop(reason) {
        end(() => controller.error(reason));
        door.leave(own);
      },
    };
    return own;
  };

  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        state.wants = true;
        if (turn === undefined) {
          turn = start(controller);
          door.join(turn);
          return;
        }
        turn.idleSince = undefined;
        wanted(true);
      },
      cancel() {
        state.isOver = true;
        wanted(false);
        if (turn !== undefined) door.leave(turn);
      },
    },
    { highWaterMark: 0 },
  );
}
