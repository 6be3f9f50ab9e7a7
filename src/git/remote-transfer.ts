import type { Env } from '../base/context.ts';
import { refusal } from '../base/errors.ts';
import type { Finished } from '../proc/capture.ts';
import { tryGit, type GitPlace } from './exec.ts';

/** How far a transfer has got, as git reports it. */
export interface TransferProgress {
  stage: 'counting' | 'compressing' | 'sending' | 'receiving' | 'unpacking' | 'checking';
  done: number;
  total: number;
}

type Watcher = (progress: TransferProgress) => void;

export interface TransferOptions {
  /** `key=value`, as with `git -c`. */
  settings?: readonly string[];
  /** For stdin. */
  input?: string;
  /** Git is asked for progress only if somebody looks. */
  onProgress?: Watcher | undefined;
  /** Ends git with a signal on which it tidies up. */
  signal?: AbortSignal | undefined;
}

/**
 * How long after git's exit its output may still come. All of it has come when the pipes close, but what git left behind (the
 * ssh of ControlPersist) may keep them open for ever.
 */
const lastOutputMs = 1000;

/** Loads what a watched transfer needs. Call it while git processes are under way: the time is then free. */
export async function loadTransfer(watched: boolean): Promise<void> {
  if (watched) await import('simple-git');
}

/**
 * Runs `git push` or `git fetch`.
 * @returns how git ended, whatever its exit code.
 * @throws JciError (3) when simple-git's guards refuse what the environment holds; the reason of `signal` once it fires.
 */
export function transfer(place: GitPlace, verb: Verb, args: readonly string[], options: TransferOptions = {}): Promise<Finished> {
  const { onProgress, ...rest } = options;
  return onProgress === undefined ? runUnwatched(place, verb, args, rest) : runWatched(place, verb, args, onProgress, rest);
}

type Verb = 'push' | 'fetch';

/** What simple-git adds to a push, so that both ways say the same, and to keep git from listing each object that it fetches. */
const speech: Record<Verb, readonly string[]> = { push: ['--porcelain', '--verbose'], fetch: ['--quiet'] };

/** Loading simple-git takes as long as sending a hundred runs: where nobody looks at its progress, git is run as anywhere else. */
async function runUnwatched(place: GitPlace, verb: Verb, args: readonly string[], { settings = [], input, signal }: Quietly): Promise<Finished> {
  const flags = settings.flatMap((setting) => ['-c', setting]);
  const result = await tryGit(place, [...flags, verb, ...speech[verb], ...args], {
    lastOutputMs,
    ...(input === undefined ? {} : { input }),
    ...(signal === undefined ? {} : { signal }),
  });
  signal?.throwIfAborted();
  return result;
}

type Quietly = Omit<TransferOptions, 'onProgress'>;

/** Through simple-git, which knows how to read git's progress and how to end it. Loaded here and not before. */
async function runWatched(place: GitPlace, verb: Verb, args: readonly string[], onProgress: Watcher, options: Quietly): Promise<Finished> {
  const { simpleGit } = await import('simple-git');
  const { settings = [], input, signal } = options;
  const env = remoteEnvironment(place.env);
  let finished: Finished | undefined;
  const client = simpleGit({
    baseDir: place.cwd,
    config: [...settings],
    completion: { onClose: true, onExit: lastOutputMs },
    allowEnvironment: Object.keys(env),
    unsafe: usersOwnSetup,
    ...(signal === undefined ? {} : { abort: signal }),
    progress: (event: ProgressEvent) => reportProgress(event, onProgress),
    ...(input === undefined ? {} : { input: () => input }),
    // Called for every end, good or bad; what a failure means is decided elsewhere.
    errors(error, { exitCode, stdOut, stdErr }) {
      finished = { exitCode, signal: null, stdout: Buffer.concat(stdOut), stderr: Buffer.concat(stdErr).toString('utf8') };
      return signal?.aborted === true ? error : undefined;
    },
  }).env(env);
  try {
    await (verb === 'push' ? client.push([...args]) : client.fetch([...args]));
  } catch (error) {
    signal?.throwIfAborted();
    // Nothing else fails any more but the guards, before git starts.
    if (finished === undefined) throw refusal(`git ${verb} was not started: ${error instanceof Error ? error.message : String(error)}`);
  }
  signal?.throwIfAborted();
  return finished ?? { exitCode: null, signal: null, stdout: Buffer.alloc(0), stderr: '' };
}

/** Programs for people at a terminal, which neither push nor fetch start: simple-git refuses to pass them on. */
const interactive = ['EDITOR', 'VISUAL', 'PAGER', 'PREFIX', 'GIT_EDITOR', 'GIT_SEQUENCE_EDITOR', 'GIT_PAGER', 'GIT_EXTERNAL_DIFF', 'GIT_TEMPLATE_DIR'];

function remoteEnvironment(env: Env): Record<string, string> {
  const kept = Object.entries(env).filter(([name, value]) => value !== undefined && !interactive.includes(name.toUpperCase()));
  return Object.fromEntries(kept) as Record<string, string>;
}

/**
 * What the user's environment may say about reaching a remote: simple-git would refuse all of it, since it cannot know
 * who wrote it. Our arguments are our own, so the guards that stay on (`--upload-pack`, `--exec` and the like) are a
 * second look at those.
 */
const usersOwnSetup = {
  allowUnsafeAlias: true,
  allowUnsafeAskPass: true,
  allowUnsafeConfigEnvCount: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeEditor: true,
  allowUnsafeFsMonitor: true,
  allowUnsafeGitProxy: true,
  allowUnsafeGpgProgram: true,
  allowUnsafeHooksPath: true,
  allowUnsafeInclude: true,
  allowUnsafePager: true,
  allowUnsafeProtocolOverride: true,
  allowUnsafeSshCommand: true,
  allowUnsafeUrlRewrite: true,
  // Otherwise git is told to refuse abbreviated options in every hook that the far side of a local path runs.
  allowAbbreviatedOptions: true,
} as const;

const stages: Record<string, TransferProgress['stage']> = {
  counting: 'counting',
  compressing: 'compressing',
  writing: 'sending',
  receiving: 'receiving',
  resolving: 'unpacking',
  unpacking: 'unpacking',
  checking: 'checking',
};

/** The part of simple-git's event that says something. */
interface ProgressEvent {
  stage: string;
  processed: number;
  total: number;
}

function reportProgress(event: ProgressEvent, report: (progress: TransferProgress) => void): void {
  const stage = stages[event.stage];
  if (stage !== undefined) report({ stage, done: event.processed, total: event.total });
}
