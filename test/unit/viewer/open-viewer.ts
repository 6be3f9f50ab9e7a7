import { systemContext, type Context } from '../../../src/base/context.ts';
import { openRepository } from '../../../src/git/repository.ts';
import { createViewer, type Viewer } from '../../../src/viewer/create-viewer.ts';
import type { TestRepo } from '../../helpers/repo.ts';

/** A viewer on a test's repository. */
export interface OpenViewer extends Viewer {
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  head(path: string): Promise<Response>;
  /** The body of an answer that has to be good. */
  json(path: string): Promise<unknown>;
}

/** Opens a viewer, closes it afterwards, and fails if anything happened that should not. @param ctx what is another than the system's. */
export async function withViewer(repo: TestRepo, body: (viewer: OpenViewer) => Promise<void>, ctx: Partial<Context> = {}): Promise<void> {
  const bugs: unknown[] = [];
  const viewer = createViewer({
    repo: await openRepository({ ...systemContext(), env: repo.env, cwd: repo.path, ...ctx }),
    page: { html: '<p>page __JCI_TOKEN__<script>__JCI_ANSWERS__</script>', scriptHash: 'sha256-a', styleHash: 'sha256-b' },
    token: 'secret',
    hosts: [],
    actions: undefined,
    onBug: (error) => bugs.push(error),
  });
  const ask = (method: string, path: string, headers: Record<string, string> = {}): Promise<Response> =>
    viewer.fetch(new Request(`http://localhost${path}`, { method, headers: { host: 'localhost', ...headers } }));
  const get = (path: string, headers?: Record<string, string>): Promise<Response> => ask('GET', path, headers);
  try {
    await body({
      ...viewer,
      get,
      head: (path) => ask('HEAD', path),
      async json(path) {
        const response = await get(path);
        if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()} ${String(bugs[0])}`);
        return response.json();
      },
    });
  } finally {
    viewer.close();
  }
  if (bugs.length > 0) throw bugs[0];
}
