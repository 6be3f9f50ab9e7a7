import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HttpBackend {
  readonly port: number;
  /** The URL of a repository, with a user and password if given. */
  url(path: string, credentials?: string): string;
  close(): Promise<void>;
}

export interface HttpBackendOptions {
  /** Every repository below it is served. */
  root: string;
  /** `user:password`, asked of everybody (Basic). Without it anybody may push. */
  credentials?: string;
  env: Readonly<Record<string, string>>;
}

/** Serves repositories over smart HTTP with git's own `http-backend` behind a small CGI server. */
export async function startHttpBackend(options: HttpBackendOptions): Promise<HttpBackend> {
  const children = new Set<ChildProcessWithoutNullStreams>();
  const server = createServer((request, response) => {
    if (!mayEnter(request, options.credentials)) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="test"' }).end('who are you?\n');
      return;
    }
    // In a group of its own: `git` starts others, which a signal to it alone would leave behind.
    const child = spawn('git', ['http-backend'], { env: cgiEnvironment(request, options), detached: true });
    children.add(child);
    child.once('close', () => children.delete(child));
    answer(child, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: (path, credentials) => `http://${credentials === undefined ? '' : `${credentials}@`}127.0.0.1:${port}/${path}`,
    async close() {
      for (const child of children) killGroup(child);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function mayEnter({ headers }: IncomingMessage, credentials: string | undefined): boolean {
  return credentials === undefined || headers.authorization === `Basic ${Buffer.from(credentials).toString('base64')}`;
}

function cgiEnvironment(request: IncomingMessage, { root, env }: HttpBackendOptions): Record<string, string> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const { headers } = request;
  return {
    ...env,
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: '1',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.receivepack',
    GIT_CONFIG_VALUE_0: 'true',
    PATH_INFO: decodeURIComponent(url.pathname),
    QUERY_STRING: url.search.slice(1),
    REQUEST_METHOD: request.method ?? 'GET',
    CONTENT_TYPE: headers['content-type'] ?? '',
    HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
    GIT_PROTOCOL: String(headers['git-protocol'] ?? ''),
    REMOTE_USER: 'ada',
    ...(headers['content-length'] === undefined ? {} : { CONTENT_LENGTH: headers['content-length'] }),
  };
}

/** CGI: headers, an empty line, the body. */
function answer(child: ChildProcessWithoutNullStreams, request: IncomingMessage, response: ServerResponse): void {
  // A client that goes away is the end of the input, as with any web server. No signal: git tidies up in its handlers, and may hang there.
  for (const stream of [request, response]) stream.on('error', () => child.stdin.destroy());
  // A backend that goes away takes the connection with it.
  for (const stream of [child.stdin, child.stdout]) stream.on('error', () => request.destroy());
  request.pipe(child.stdin);
  let head: Buffer | undefined = Buffer.alloc(0);
  child.stdout.on('data', (chunk: Buffer) => {
    if (head === undefined) {
      response.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    writeHead(response, head.toString('latin1', 0, end));
    response.write(head.subarray(end + 4));
    head = undefined;
  });
  child.stdout.on('end', () => response.end());
}

function killGroup({ pid }: ChildProcessWithoutNullStreams): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended, and its pipes are about to be closed.
  }
}

function writeHead(response: ServerResponse, text: string): void {
  let status = 200;
  for (const line of text.split('\r\n')) {
    const [name = '', value = ''] = line.split(/: (.*)/s);
    if (name === 'Status') status = Number.parseInt(value, 10);
    else response.setHeader(name, value);
  }
  response.writeHead(status);
}
