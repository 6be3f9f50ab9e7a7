import { afterAll, beforeAll, expect } from 'vitest';
import { withRepo, type LiveProcess, type RepoOptions, type TestRepo } from './repo.ts';
import { startWeb } from './web-server.ts';

/** A viewer that is serving. */
export interface TestViewer {
  /** Without a slash at its end. */
  url: string;
  server: LiveProcess;
}

/** Runs the real `git jci web` in a repository, and ends it as Ctrl-C does: that is a success of it. That nothing stays behind `withRepo` sees to. */
export async function withViewer(repo: TestRepo, body: (viewer: TestViewer) => Promise<void>, ...args: string[]): Promise<void> {
  const { url, process: server } = await startWeb(repo, ...args);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  await body({ url, server });
  server.kill('SIGINT');
  const { exitCode, stderr } = await server.exit();
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'Ctrl-C ends it\n' });
}

/** What the tests of a file share: made before the first of them, gone after the last. */
export interface SharedViewer<Made> {
  readonly url: string;
  readonly repo: TestRepo;
  /** What `prepare` returned. */
  readonly made: Made;
}

/**
 * Has all tests of the file that calls this look at one repository.
 * @param prepare fills it before the viewer starts.
 */
export function useViewer<Made>(prepare: (repo: TestRepo) => Promise<Made>, options: RepoOptions = {}): SharedViewer<Made> {
  let shared: SharedViewer<Made> | undefined;
  let release: () => void = () => undefined;
  let ended: Promise<void> = Promise.resolve();
  beforeAll(async () => {
    const released = new Promise<void>((resolve) => (release = resolve));
    await new Promise<void>((ready, failed) => {
      ended = withRepo(async (repo) => {
        const made = await prepare(repo);
        await withViewer(repo, async ({ url }) => {
          shared = { url, repo, made };
          ready();
          await released;
        });
      }, options);
      ended.catch(failed);
    });
  });
  afterAll(() => {
    release();
    return ended;
  });
  const get = (): SharedViewer<Made> => {
    if (shared === undefined) throw new Error('the viewer has not been started');
    return shared;
  };
  return {
    get url() {
      return get().url;
    },
    get repo() {
      return get().repo;
    },
    get made() {
      return get().made;
    },
  };
}
