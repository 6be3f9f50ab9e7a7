import { createServer, type AddressInfo } from 'node:net';
import { startProcess } from './live-process.ts';

export interface GitDaemon {
  readonly port: number;
  url(path: string): string;
  close(): Promise<void>;
}

/** Serves every repository below `root` to everybody on this machine, for pushing too. */
export async function startGitDaemon(root: string, env: Readonly<Record<string, string>>): Promise<GitDaemon> {
  const port = await freePort();
  const options = ['--verbose', '--listen=127.0.0.1', `--port=${port}`, '--reuseaddr', `--base-path=${root}`, '--export-all', '--enable=receive-pack'];
  const daemon = startProcess('git', ['daemon', ...options, '--informative-errors'], { cwd: root, env: { ...env } });
  await daemon.untilOutput('Ready to rumble');
  return {
    port,
    url: (path) => `git://127.0.0.1:${port}/${path}`,
    async close() {
      daemon.kill('SIGTERM');
      await daemon.exit();
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
