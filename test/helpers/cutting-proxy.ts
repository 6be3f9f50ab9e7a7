import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface CuttingProxy {
  readonly port: number;
  /** Cuts every connection after so many more bytes in this direction; `undefined` lets everything through again. */
  cutAfter(bytes: number | undefined, direction?: 'up' | 'down'): void;
  /** How many connections it has cut. */
  readonly cuts: number;
  close(): Promise<void>;
}

/** Passes TCP connections on to a port of this machine, and breaks them off in the middle when told to. */
export async function startCuttingProxy(target: number): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  let left: { bytes: number; direction: 'up' | 'down' } | undefined;
  let cuts = 0;
  const pass = (from: Socket, to: Socket, direction: 'up' | 'down'): void => {
    from.on('data', (chunk: Buffer) => {
      if (left?.direction !== direction || chunk.length < left.bytes) {
        if (left?.direction === direction) left.bytes -= chunk.length;
        to.write(chunk);
        return;
      }
      cuts += 1;
      to.write(chunk.subarray(0, left.bytes));
      from.destroy();
      to.destroy();
    });
    from.on('end', () => to.end());
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
    // Of the other side, which this is all about.
    from.on('error', () => to.destroy());
  };
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true });
    sockets.add(client).add(upstream);
    pass(client, upstream, 'up');
    pass(upstream, client, 'down');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cutAfter(bytes, direction = 'up') {
      left = bytes === undefined ? undefined : { bytes, direction };
    },
    get cuts() {
      return cuts;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
