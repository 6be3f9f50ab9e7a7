import { JciError } from '../../base/errors.ts';
import { changeEvent, stateEvent } from '../../api/events.ts';
import { check } from '../../api/check.ts';
import type { ViewerParts } from '../parts.ts';
import { createChangeRing, type NumberedChange } from './change-ring.ts';
import { createLooker } from './looker.ts';
import { changeBetween, readSnapshot, type Snapshot } from './snapshot.ts';

/** One event as it goes over the wire. */
export interface SentEvent {
  id: string;
  event: 'state' | 'change';
  data: string;
}

export interface EventHub {
  /**
   * Tells of everything from now on.
   * @param lastId the last event that the client has, if it was here before.
   * @returns what ends it.
   */
  subscribe(send: (event: SentEvent) => void, lastId: string | undefined): () => void;
}

/** Changes that are kept for who was away. */
const keptChanges = 500;

/** Looks at the repository once for all clients, and only while there are any. */
export function createEventHub(parts: ViewerParts): EventHub {
  const boot = parts.repo.ctx.randomHex(4);
  const ring = createChangeRing(keptChanges);
  const clients = new Set<(event: SentEvent) => void>();
  /** Those that have been told nothing yet, and the last change they know of. */
  const waiting = new Map<(event: SentEvent) => void, number | undefined>();
  let known: Snapshot | undefined;

  const idOf = (number: number): string => `${boot}-${number}`;
  const changed = ({ number, change }: NumberedChange): SentEvent => ({ id: idOf(number), event: 'change', data: JSON.stringify(check(changeEvent, change)) });
  const stated = ({ state }: Snapshot): SentEvent => ({ id: idOf(ring.latest()), event: 'state', data: JSON.stringify(check(stateEvent, state)) });

  async function look(prepare: () => void): Promise<void> {
    prepare();
    const now = await readSnapshot(parts, known);
    const change = known === undefined ? undefined : await changeBetween(parts, known, now);
    known = now;
    const event = change === undefined ? undefined : changed(ring.add(change));
    if (event !== undefined) for (const send of clients) send(event);
    for (const [send, since] of waiting) {
      clients.add(send);
      const missed = since === undefined ? undefined : ring.after(since);
      for (const one of missed?.map(changed) ?? [stated(now)]) send(one);
    }
    waiting.clear();
  }

  const looker = createLooker(parts.repo, (prepare) =>
    look(prepare).catch((error: unknown) => {
      // The repository may be gone, and come back: whoever waits for it goes on waiting.
      if (!(error instanceof JciError)) parts.onBug(error);
    }),
  );
  return {
    subscribe(send, lastId) {
      waiting.set(send, numberOf(boot, lastId));
      looker.start();
      return () => {
        waiting.delete(send);
        clients.delete(send);
        if (waiting.size + clients.size === 0) looker.stop();
      };
    },
  };
}

/** `undefined` for what this server has not given. */
function numberOf(boot: string, id: string | undefined): number | undefined {
  const [, from, number] = /^([0-9a-f]+)-(\d{1,12})$/.exec(id ?? '') ?? [];
  return from === boot ? Number(number) : undefined;
}
