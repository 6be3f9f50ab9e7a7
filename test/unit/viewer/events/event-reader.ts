/** An event as a client gets it. */
export interface ReadEvent {
  id: string;
  event: string;
  data: unknown;
}

/** Reads server-sent events one by one. */
export interface EventReader {
  /** The next one; `undefined` when the stream has ended. */
  next(): Promise<ReadEvent | undefined>;
  /** The next one that fits: others are passed over. */
  until(fits: (event: ReadEvent) => boolean): Promise<ReadEvent>;
  leave(): Promise<void>;
}

export function readEvents(response: Response): EventReader {
  if (response.body === null) throw new Error('the answer has no body');
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  const next = async (): Promise<ReadEvent | undefined> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        if (!block.startsWith(':')) return parse(block);
        continue;
      }
      const { done, value } = await reader.read();
      if (done) return undefined;
      text += decoder.decode(value, { stream: true });
    }
  };
  return {
    next,
    async until(fits) {
      for (;;) {
        const event = await next();
        if (event === undefined) throw new Error('the events ended');
        if (fits(event)) return event;
      }
    },
    leave: () => reader.cancel(),
  };
}

function parse(block: string): ReadEvent {
  const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]));
  return { id: fields.get('id') ?? '', event: fields.get('event') ?? '', data: JSON.parse(fields.get('data') ?? 'null') as unknown };
}
