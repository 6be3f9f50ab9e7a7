import { join } from 'node:path';
import { startCuttingProxy, type CuttingProxy } from './cutting-proxy.ts';
import { startGitDaemon } from './git-daemon.ts';
import { startHttpBackend } from './http-backend.ts';
import { withRepo, type RepoOptions, type TestRepo } from './repo.ts';

export const transports = ['path', 'daemon', 'http'] as const;
export type Transport = (typeof transports)[number];

export interface Remote {
  /** The bare repository behind it, seen from inside the machine. */
  readonly repo: TestRepo;
  /** What `git jci push` is given. */
  readonly url: string;
  /** What its URL must never show. */
  readonly password: string;
  /** Between us and the server; not for `path`. */
  readonly proxy: CuttingProxy | undefined;
  refs(): Promise<string[]>;
}

const credentials = 'ada:s3cr3t%2Fw0rd';

/** A repository with one commit and `origin`, an empty bare repository that is reached in the given way. */
export async function withRemote(transport: Transport, body: (repo: TestRepo, remote: Remote) => Promise<void>, options: RepoOptions = {}): Promise<void> {
  await withRepo(
    async (repo) => {
      await repo.git('init', '--quiet', '--bare', `--object-format=${options.objectFormat ?? 'sha1'}`, '../remote.git');
      const bare = repo.at('../remote.git');
      const server = await startServer(transport, repo);
      try {
        await repo.git('remote', 'add', 'origin', server.url);
        await body(repo, { ...server, repo: bare, password: 's3cr3t', refs: () => bare.refs() });
      } finally {
        await server.close();
      }
    },
    { script: 'echo tested', ...options },
  );
}

interface Server extends Pick<Remote, 'url' | 'proxy'> {
  close(): Promise<void>;
}

async function startServer(transport: Transport, { root, env }: TestRepo): Promise<Server> {
  if (transport === 'path') return { url: join(root, 'remote.git'), proxy: undefined, close: () => Promise.resolve() };
  const server =
    transport === 'daemon'
      ? await startGitDaemon(root, env)
      : await startHttpBackend({ root, env, credentials: decodeURIComponent(credentials) });
  const proxy = await startCuttingProxy(server.port);
  const scheme = transport === 'daemon' ? 'git://' : `http://${credentials}@`;
  return {
    url: `${scheme}127.0.0.1:${proxy.port}/remote.git`,
    proxy,
    async close() {
      await proxy.close();
      await server.close();
    },
  };
}

/** Another clone of `origin` beside the first, without its runs. */
export async function cloneBeside(repo: TestRepo, name: string): Promise<TestRepo> {
  const url = await repo.git('remote', 'get-url', 'origin');
  await repo.git('init', '--quiet', `--object-format=${await repo.git('rev-parse', '--show-object-format')}`, `../${name}`);
  const clone = repo.at(`../${name}`);
  await clone.git('remote', 'add', 'origin', url);
  return clone;
}
