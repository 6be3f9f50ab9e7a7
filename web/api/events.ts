import { batch, signal } from '@preact/signals';
import * as v from 'valibot';
import { changeEvent, stateEvent } from '../../src/api/events.ts';
import type { RunItem } from '../../src/api/run-item.ts';

const againAfterMs = 2000;

/** Runs under way. */
export const liveRuns = signal<readonly RunItem[]>([]);

/** Another value whenever refs changed: a key for what has to be asked for again. */
export const refsState = signal('');

/** Where HEAD is. */
export const head = signal<{ branch: string | null; commit: string | null }>({ branch: null, commit: null });

/** The runs that were stored last. */
export const storedRuns = signal<readonly RunItem[]>([]);

/** Whether the server can be heard. */
export const connection = signal<'connecting' | 'open' | 'lost'>('connecting');

/** Listens to the server's events, once for the whole page and as long as it is open. */
export function connect(): void {
  const source = new EventSource('/api/events');
  source.onopen = () => (connection.value = 'open');
  source.onerror = () => {
    connection.value = 'lost';
    // Browsers try again by themselves, unless the answer was no stream of events.
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, againAfterMs);
  };
  for (const name of ['state', 'change']) {
    source.addEventListener(name, ({ data }: MessageEvent<string>) => take(name === 'state' ? stateEvent : changeEvent, data));
  }
}

function take(schema: typeof stateEvent | typeof changeEvent, data: string): void {
  const parsed = v.safeParse(schema, JSON.parse(data));
  if (!parsed.success) return;
  const event: v.InferOutput<typeof changeEvent> = parsed.output;
  batch(() => {
    if (event.live !== undefined) liveRuns.value = event.live;
    if (event.stored !== undefined) storedRuns.value = event.stored;
    if (event.head !== undefined) head.value = event.head;
    if (event.refs !== undefined) refsState.value = event.refs;
  });
}
