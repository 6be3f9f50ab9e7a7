import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { untilAllEnded } from './leftovers.ts';
import { startProcess, type LiveProcess, type Result } from './live-process.ts';
import { fillFolder } from './repeated-folder.ts';
import { jciCommand, makeEnvironment, refuseOwnCheckout } from './test-environment.ts';

export type { LiveProcess, Result } from './live-process.ts';

export interface RepoOptions {
  objectFormat?: 'sha1' | 'sha256';
  /** A bare repository: nothing is committed in it. */
  bare?: boolean;
  /** Text of `.jci/run.sh`, committed as the first commit. Without it the repository has no commit. */
  script?: string;
  /** Added to the environment of everything. */
  env?: Record<string, string>;
}

export interface WriteOptions {
  executable?: boolean;
}

/** A real repository in a folder of its own. Paths that methods take are relative to `path`. */
export interface TestRepo {
  /** The folder that is removed at the end: for clones, bare remotes and worktrees beside the repository. */
  readonly root: string;
  /** Where commands run: the working tree, or the bare repository. */
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
  /** Runs git and returns its stdout without the final newline. Throws when it fails. */
  git(...args: string[]): Promise<string>;
  /** Runs git and returns how it ended. */
  tryGit(...args: string[]): Promise<Result>;
  /** Runs the real `git jci`, from `bin/git-jci` or JCI_TEST_EXECUTABLE. */
  jci(...args: string[]): Promise<Result>;
  /** The same, left running; killed at the end of the test if nobody did. */
  startJci(...args: string[]): LiveProcess;
  /** Starts any program and leaves it running, like `startJci`. */
  start(file: string, ...args: string[]): LiveProcess;
  /** Runs any program; `input` goes to its stdin. */
  exec(file: string, args: readonly string[], input?: string): Promise<Result>;
  /** Writes a file, making its folders. */
  write(path: string, content: string | Uint8Array, options?: WriteOptions): void;
  read(path: string): string;
  /** Writes the files, commits everything there is, and returns the commit's id. Scripts (`*.sh`) become executable. */
  commit(files: Readonly<Record<string, string | Uint8Array>>, message?: string): Promise<string>;
  /** The names of all run refs, sorted. */
  refs(): Promise<string[]>;
  /** What `git fsck --full --strict` complains about: an empty text is a sound repository. */
  fsck(): Promise<string>;
  /** The same repository and environment seen from another folder (absolute, or relative to `path`), with more variables. */
  at(path: string, env?: Record<string, string>): TestRepo;
}

/**
 * Makes a repository for one test and removes it afterwards.
 *
 *     test('a failing script is a result', () =>
 *       withRepo(async (repo) => {
 *         expect((await repo.jci('run')).exitCode).toBe(1);
 *         expect(await repo.refs()).toHaveLength(1);
 *       }, { script: 'exit 7' }));
 *
 * Hermetic: own HOME, cache, git configuration (branch `main`, author Ada); nothing of GIT_* or JCI_* comes from outside.
 * A process that outlives the test fails it. `git jci` is on its PATH. With JCI_KEEP=1 in the environment the folder stays, and its path is printed.
 */
export async function withRepo(body: (repo: TestRepo) => Promise<void>, options: RepoOptions = {}): Promise<void> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'git-jci-test-')));
  const live = new Set<LiveProcess>();
  try {
    refuseOwnCheckout(root);
    const repo = await makeRepo(root, options, live);
    await body(repo);
    await endAll(live);
    await untilAllEnded(repo.env['HOME'] ?? '');
  } finally {
    await endAll(live);
    if (process.env['JCI_KEEP'] === '1') process.stderr.write(`kept: ${root}\n`);
    else rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
}

async function makeRepo(root: string, options: RepoOptions, live: Set<LiveProcess>): Promise<TestRepo> {
  const path = join(root, 'repo');
  mkdirSync(path);
  const repo = repoAt({ root, path, env: { ...makeEnvironment(root), ...options.env }, live });
  await fillFolder(path, JSON.stringify(options), () => begin(repo, options));
  return repo;
}

async function begin(repo: TestRepo, { objectFormat = 'sha1', bare = false, script }: RepoOptions): Promise<void> {
  await repo.git('init', '--quiet', `--object-format=${objectFormat}`, ...(bare ? ['--bare'] : []));
  if (script !== undefined) await repo.commit({ '.jci/run.sh': script }, 'script');
}

interface Place {
  root: string;
  path: string;
  env: Record<string, string>;
  live: Set<LiveProcess>;
}

function repoAt(place: Place): TestRepo {
  const { root, path, env, live } = place;
  const start = (file: string, args: readonly string[], input?: string): LiveProcess => {
    const child = startProcess(file, args, { cwd: path, env, ...(input === undefined ? {} : { input }) });
    live.add(child);
    void child.exit().then(() => live.delete(child), () => live.delete(child));
    return child;
  };
  const startJci = (...args: string[]): LiveProcess => {
    const [file, ...first] = jciCommand();
    return start(file, [...first, ...args]);
  };
  const tryGit = (...args: string[]): Promise<Result> => start('git', args).exit();
  const git = async (...args: string[]): Promise<string> => stdoutOf(args, await tryGit(...args));
  const write = (name: string, content: string | Uint8Array, { executable = false }: WriteOptions = {}): void =>
    writeAt(resolve(path, name), content, executable);
  return {
    root,
    path,
    env,
    git,
    tryGit,
    startJci,
    start: (file, ...args) => start(file, args),
    jci: (...args) => startJci(...args).exit(),
    exec: (file, args, input) => start(file, args, input).exit(),
    write,
    read: (name) => readFileSync(resolve(path, name), 'utf8'),
    async commit(files, message = 'change') {
      for (const [name, content] of Object.entries(files)) write(name, content, { executable: name.endsWith('.sh') });
      // Of all that the tests start this is the most: a shell starts three programs in the time in which Node starts two.
      return stdoutOf(['commit'], await start('sh', ['-c', commitAll, 'sh', `--message=${message}`]).exit());
    },
    refs: async () => (await git('for-each-ref', '--format=%(refname)', 'refs/jci-runs/')).split('\n').filter(Boolean),
    async fsck() {
      const { exitCode, stdout, stderr } = await tryGit('fsck', '--full', '--strict', '--no-progress', '--no-dangling');
      return exitCode === 0 ? '' : `${stdout}${stderr}`;
    },
    at: (elsewhere, more = {}) => repoAt({ ...place, path: resolve(path, elsewhere), env: { ...env, ...more } }),
  };
}

const commitAll = 'git add --all && git commit --quiet --allow-empty "$1" && git rev-parse HEAD';

function writeAt(path: string, content: string | Uint8Array, executable: boolean): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  if (executable) chmodSync(path, 0o755);
}

function stdoutOf(args: readonly string[], { exitCode, stdout, stderr }: Result): string {
  if (exitCode !== 0) throw new Error(`git ${args.join(' ')} failed with ${exitCode}: ${stderr}`);
  return stdout.replace(/\n$/, '');
}

/** A test that fails half-way leaves its children: they must not outlive the folder they work in. */
async function endAll(live: ReadonlySet<LiveProcess>): Promise<void> {
  for (const child of live) child.kill('SIGKILL');
  await Promise.allSettled([...live].map((child) => child.exit()));
}
