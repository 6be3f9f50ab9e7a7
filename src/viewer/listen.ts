import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { hasCode, refusal } from '../base/errors.ts';
import type { Viewer } from './create-viewer.ts';

/** A server that answers. */
export interface Listening {
  port: number;
  /** Ends every connection. Resolves when nothing listens any more. */
  close(): Promise<void>;
}

export interface Address {
  host: string;
  port: number;
  /** Another port may be taken instead. */
  orAny: boolean;
}

/** How long a client may take to say what it wants. Thousands at once wait for their turn, and must not be taken for slow. */
const requestMs = 60_000;

/** Connections that wait to be taken, as far as the system lets them: whoever finds no place tries again seconds later. */
const backlog = 8192;

/**
 * Serves a viewer over HTTP.
 * @throws JciError (3) when the port is taken, the address is not of this machine, or the user may not listen there.
 */
export async function listen(viewer: Viewer, address: Address): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: (request, { outgoing }) => viewer.fetch(request, { cut: () => outgoing.destroy() }),
    overrideGlobalObjects: false,
  }) as Server;
  server.headersTimeout = requestMs;
  server.requestTimeout = requestMs;
  // A busy server would end connections that a client is just about to use again.
  server.keepAliveTimeout = requestMs;
  await listenOn(server, address).catch((error: unknown) => {
    if (address.orAny && hasCode(error, 'EADDRINUSE')) return listenOn(server, { ...address, port: 0 });
    throw error;
  }).catch((error: unknown) => {
    throw cannotListen(address, error);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

function listenOn(server: Server, { host, port }: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function cannotListen({ host, port }: Address, cause: unknown): unknown {
  if (hasCode(cause, 'EADDRINUSE')) return refusal(`port ${port} is taken`, { hint: 'git jci web 0 takes a free one', cause });
  if (hasCode(cause, 'EACCES')) return refusal(`port ${port} is for administrators only`, { hint: 'git jci web 8000', cause });
  if (hasCode(cause, 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN')) return refusal(`'${host}' is no address of this machine`, { hint: 'git jci web --host 127.0.0.1', cause });
  return cause;
}
