import { batch, signal } from '@preact/signals';
import * as v from 'valibot';
import { changeEvent, stateEvent } from '../../src/api/events.ts';
import type { RunItem } from '../../src/api/run-item.ts';

const againAfterMs = 2000;
/** Runs that came in while the page is open and may be told of again. */
const mostStored = 500;

/** Runs under way. */
export const liveRuns = signal<readonly RunItem[]>([]);

/** Whether anything was told of runs under way: until then answers know more. */
export const isTold = signal(false);

/** Another value whenever refs changed: a key for what has to be asked for again. */
export const refsState = signal('');

/** The runs that were stored since the page is open, the latest last. */
export const storedRuns = signal<readonly RunItem[]>([]);

/** Whether the server can be heard. */
export const connection = signal<'connecting' | 'open' | 'lost'>('connecting');

/** Rises when the server is there again: what failed meanwhile is asked for once more. */
export const comebacks = signal(0);

type Change = v.InferOutput<typeof changeEvent>;

/** What one tab tells the others: a change, or the whole state, and whether it hears the server. */
interface News {
  event?: Change;
  connection?: 'open' | 'lost';
}

/** Asked by a tab that has just come. */
const hello = 'hello';

/**
 * Listens to the server's events, once for all tabs and as long as one is open: browsers have six connections for a server, and a seventh tab would never load.
 * Where there are no locks (plain HTTP to another machine), each tab listens for itself.
 */
export function connect(): void {
  if (!('locks' in navigator)) {
    listen(take);
    return;
  }
  const channel = new BroadcastChannel('jci-events');
  let leads = false;
  channel.onmessage = ({ data }: MessageEvent<News | typeof hello>) => {
    if (data !== hello) take(data);
    else if (leads && refsState.value !== '') channel.postMessage(everything());
  };
  channel.postMessage(hello);
  void navigator.locks.request('jci-events', () => {
    leads = true;
    listen((news) => {
      take(news);
      channel.postMessage(news);
    });
    // Until this tab is closed: then another one takes over.
    return new Promise(() => undefined);
  });
}

const everything = (): News => ({
  event: { live: [...liveRuns.value], refs: refsState.value },
  connection: connection.value === 'lost' ? 'lost' : 'open',
});

function listen(tell: (news: News) => void): void {
  const source = new EventSource('/api/events');
  source.onopen = () => tell({ connection: 'open' });
  source.onerror = () => {
    tell({ connection: 'lost' });
    // Browsers try again by themselves, unless the answer was no stream of events.
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, againAfterMs, tell);
  };
  const read = (schema: typeof stateEvent | typeof changeEvent) => ({ data }: MessageEvent<string>) => {
    const parsed = v.safeParse(schema, JSON.parse(data));
    if (parsed.success) tell({ event: parsed.output });
  };
  source.addEventListener('state', read(stateEvent));
  source.addEventListener('change', read(changeEvent));
}

function take({ event = {}, connection: state }: News): void {
  batch(() => {
    if (state === 'open' && connection.value === 'lost') comebacks.value += 1;
    if (state !== undefined) connection.value = state;
    if (event.live !== undefined) {
      liveRuns.value = event.live;
      isTold.value = true;
    }
    if (event.stored !== undefined) storedRuns.value = [...storedRuns.value, ...[...event.stored].reverse()].slice(-mostStored);
    if (event.refs !== undefined) refsState.value = event.refs;
  });
}
