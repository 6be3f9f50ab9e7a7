import { request, type Agent, type IncomingHttpHeaders } from 'node:http';
import type { LiveProcess, TestRepo } from './repo.ts';

/** What a server answered. */
export interface WebAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface WebRequest {
  method?: string;
  headers?: Record<string, string>;
  agent?: Agent;
}

/** A `git jci web` that serves. */
export interface WebServer {
  url: string;
  process: LiveProcess;
  /** What the page has, for POST. */
  token: string;
  /** Sends a path exactly as it is: nothing is normalised. */
  ask(path: string, how?: WebRequest): Promise<WebAnswer>;
  /** The same for JSON. */
  json(path: string, how?: WebRequest): Promise<unknown>;
  /** With the token, as the page does it. */
  post(path: string, headers?: Record<string, string>): Promise<WebAnswer>;
}

/** Starts the server on a free port. */
export async function startWeb(repo: TestRepo, ...args: string[]): Promise<WebServer> {
  const child = repo.startJci('web', '0', ...args);
  // Two pipes: which of them is heard first is chance.
  await child.untilOutput('/\n');
  await child.untilOutput('Ctrl-C ends it');
  const url = (/^http:\/\/\S+?(?=\/$)/m.exec(child.stdout()) ?? [''])[0];
  const ask = (path: string, how: WebRequest = {}): Promise<WebAnswer> => send(url, path, how);
  const page = (await ask('/')).body.toString('utf8');
  const token = /name="jci-token" content="([^"]+)"/.exec(page)?.[1] ?? '';
  return {
    url,
    process: child,
    token,
    ask,
    json: async (path, how) => JSON.parse((await ask(path, how)).body.toString('utf8')) as unknown,
    post: (path, headers = {}) => ask(path, { method: 'POST', headers: { 'X-JCI-Token': token, ...headers } }),
  };
}

function send(url: string, path: string, { method = 'GET', headers = {}, agent }: WebRequest): Promise<WebAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const asked = request({ host: hostname, port, path, method, headers, ...(agent === undefined ? { agent: false } : { agent }) }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }));
    });
    asked.on('error', reject).end();
  });
}
