import { createTurns, type Turn, type TurnOptions, type Turns } from './turns.ts';

/** Hands on what git writes. `take` waits until the reader wants more, and says `false` when it is gone. */
export type Source = (take: (chunk: Uint8Array) => Promise<boolean>) => Promise<void>;

/** Long answers, of which only so many have a git process at a time. */
export interface StreamPool {
  /** Nothing of the source is started before somebody reads. */
  stream(source: Source): ReadableStream<Uint8Array>;
  /** Ends all of them. */
  close(): void;
}

/** @param options `most`: sources that may be open at the same time. */
export function createStreamPool(options: TurnOptions): StreamPool {
  const turns = createTurns(options);
  return { stream: (source) => streamOf(source, turns), close: () => turns.close() };
}

function streamOf(source: Source, turns: Turns): ReadableStream<Uint8Array> {
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
      turns.rest(own);
      return new Promise((resolve) => {
        wanted = resolve;
      });
    };
    const own: Turn = {
      idleSince: undefined,
      begin() {
        source(take)
          .then(() => end(() => controller.close()), (error: unknown) => end(() => controller.error(error)))
          .finally(() => turns.leave(own));
      },
      drop: (reason) => end(() => controller.error(reason)),
    };
    return own;
  };

  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        state.wants = true;
        if (turn === undefined) {
          turn = start(controller);
          turns.join(turn);
          return;
        }
        turn.idleSince = undefined;
        wanted(true);
      },
      cancel() {
        state.isOver = true;
        wanted(false);
        if (turn !== undefined) turns.leave(turn);
      },
    },
    { highWaterMark: 0 },
  );
}
