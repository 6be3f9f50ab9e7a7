import { HttpProblem } from './problems.ts';

/** Work for one reader. */
export interface Turn {
  /** Since when the reader has taken nothing; `undefined` while we are what it waits for. */
  idleSince: number | undefined;
  begin(): void;
  /** It has to make room. */
  drop(reason: Error): void;
}

export interface TurnOptions {
  /** Turns at the same time. */
  most: number;
  /** A reader that takes nothing for so long has to make room, if another one waits for it. */
  patienceMs: number;
  elapsed(): number;
}

/** Lets only so many work at once, the others one after the other. */
export interface Turns {
  join(turn: Turn): void;
  /** Its reader takes nothing from now on, until `idleSince` is taken back. */
  rest(turn: Turn): void;
  leave(turn: Turn): void;
  /** Drops all of them. */
  close(): void;
}

export function createTurns(options: TurnOptions): Turns {
  const running = new Set<Turn>();
  const waiting = new Set<Turn>();
  let timer: NodeJS.Timeout | undefined;

  const watch = (): void => {
    clearTimeout(timer);
    if (waiting.size > 0) timer = setTimeout(dropIdle, dueIn(running, options));
  };
  const admit = (): void => {
    for (const turn of waiting) {
      if (running.size >= options.most) break;
      waiting.delete(turn);
      running.add(turn);
      turn.begin();
    }
    watch();
  };
  const leave = (turn: Turn): void => {
    const isKnown = running.delete(turn) || waiting.delete(turn);
    if (isKnown) admit();
  };
  const drop = (turn: Turn, reason: Error): void => {
    turn.drop(reason);
    leave(turn);
  };
  function dropIdle(): void {
    const now = options.elapsed();
    for (const turn of [...running]) if (now - (turn.idleSince ?? now) >= options.patienceMs) drop(turn, tooSlow());
    watch();
  }

  return {
    join(turn) {
      waiting.add(turn);
      admit();
    },
    rest(turn) {
      turn.idleSince = options.elapsed();
      if (waiting.size > 0) watch();
    },
    leave,
    close() {
      for (const turn of [...waiting, ...running]) drop(turn, new Error('git jci is being ended'));
    },
  };
}

/** Does a work when its turn has come, for a reader that waits for all of it. @throws the signal's reason if that comes first. */
export async function inTurn<T>(turns: Turns, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let leave = (): void => undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const go = (): void => resolve();
      const turn: Turn = { idleSince: undefined, begin: go, drop: reject };
      leave = () => {
        signal.removeEventListener('abort', go);
        turns.leave(turn);
      };
      signal.addEventListener('abort', go);
      turns.join(turn);
    });
    signal.throwIfAborted();
    return await work();
  } finally {
    leave();
  }
}

const tooSlow = (): Error => new HttpProblem(408, 'nothing of the answer was taken, and others were waiting');

/** When somebody may have been idle for too long. */
function dueIn(running: ReadonlySet<Turn>, { patienceMs, elapsed }: TurnOptions): number {
  const now = elapsed();
  const longest = Math.max(0, ...[...running].map(({ idleSince }) => now - (idleSince ?? now)));
  return Math.max(1, patienceMs - longest);
}
