import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { statusOf, type Outcome } from '../../src/model/outcome.ts';
import type { RunRecord } from '../../src/model/record.ts';
import { runRef, type RunKey } from '../../src/model/run-ref.ts';
import { formatResultMessage } from '../../src/model/trailers.ts';
import type { TestRepo } from './repo.ts';

/** Results without running anything: for tests of what happens to many of them, and for benchmarks. */
export interface FakeRunsOptions {
  count: number;
  /** How many runs a source commit gets. Default 1. */
  perCommit?: number;
  /** `new` commits on `branch` (the default), ids of commits that exist nowhere (`gone`), or these commits. */
  commits?: 'new' | 'gone' | readonly string[];
  /** Default `main`; it need not exist. */
  branch?: string;
  /** Unix seconds of the newest run; the others are `secondsApart` (default 60) apart before it. */
  newest?: number;
  secondsApart?: number;
  /** Every so many-th run failed, the newest one passed. Default 5; 0 for none. */
  failEvery?: number;
  /** Size of each log, about. Default 800 bytes. */
  logBytes?: number;
  /** `false` leaves the refs loose, as single runs do. Default: packed, as git jci keeps many. */
  packed?: boolean;
}

export interface FakeRun extends RunKey {
  ref: string;
  /** The id of the result commit. */
  result: string;
  outcome: Outcome;
}

/** A run before git knows it. */
interface Plan extends RunKey {
  tree: string;
  script: string;
  outcome: Outcome;
  seconds: number;
}

type Place = Pick<TestRepo, 'path' | 'git' | 'exec'>;

const defaultNewest = 1_760_000_000;

/** Makes runs, newest first, with a handful of git processes whatever their number. Repeatable: ids follow from the options. */
export async function makeFakeRuns(repo: Place, options: FakeRunsOptions): Promise<FakeRun[]> {
  if (options.count === 0) return [];
  const plans = planRuns(await sourceCommits(repo, options), options);
  const ids = await fastImport(repo, plans.flatMap((plan, index) => resultCommit(plan, index + 1, options)));
  const runs = plans.map((plan, index) => ({ ...plan, ref: runRef(plan), result: ids.get(index + 1) ?? '' }));
  if (options.packed === false) {
    await mustExec(repo, ['update-ref', '--stdin'], runs.map(({ ref, result }) => `create ${ref} ${result}\n`).join(''));
  } else {
    await addPackedRefs(repo, runs);
  }
  return runs.map(({ commit, runId, ref, result, outcome }) => ({ commit, runId, ref, result, outcome }));
}

interface Source {
  commit: string;
  tree: string;
  script: string;
}

async function sourceCommits(repo: Place, options: FakeRunsOptions): Promise<Source[]> {
  const { commits = 'new' } = options;
  const count = Math.ceil(options.count / (options.perCommit ?? 1));
  if (commits === 'gone') return Array.from({ length: count }, (_, index) => goneCommit(index));
  if (commits !== 'new') return readTrees(repo, commits);
  return readTrees(repo, await makeCommits(repo, count, options));
}

function goneCommit(index: number): Source {
  const id = (what: string): string => createHash('sha1').update(`${what} ${index}`).digest('hex');
  return { commit: id('commit'), tree: id('tree'), script: id('script') };
}

async function readTrees(repo: Place, commits: readonly string[]): Promise<Source[]> {
  const names = commits.map((commit) => `${commit}^{tree}\n${commit}:.jci/run.sh\n`).join('');
  const ids = (await mustExec(repo, ['cat-file', '--batch-check=%(objectname)'], names)).split('\n');
  return commits.map((commit, index) => ({ commit, tree: ids[2 * index] ?? '', script: ids[2 * index + 1] ?? '' }));
}

/** Newest first, each changing one file, on top of what the branch has. */
async function makeCommits(repo: Place, count: number, { branch = 'main', newest = defaultNewest }: FakeRunsOptions): Promise<string[]> {
  const ref = `refs/heads/${branch}`;
  const [tip] = (await mustExec(repo, ['for-each-ref', '--format=%(objectname)', ref])).split('\n');
  const lines = Array.from({ length: count }, (_, index) => {
    const text = `change ${index} of ${branch}\n`;
    const from = index === 0 && tip ? `from ${tip}\n` : '';
    const when = newest - 86_400 - count + index;
    return `commit ${ref}\nmark :${index + 1}\n${person(when)}${data(text)}${from}${file('src/change.txt', text)}${file('.jci/run.sh', 'exit 0\n')}\n`;
  });
  const ids = await fastImport(repo, lines);
  return Array.from({ length: count }, (_, index) => ids.get(count - index) ?? '');
}

function planRuns(sources: readonly Source[], options: FakeRunsOptions): Plan[] {
  const { count, perCommit = 1, newest = defaultNewest, secondsApart = 60, failEvery = 5 } = options;
  return Array.from({ length: count }, (_, index) => {
    const source = sources[Math.floor(index / perCommit) % sources.length] ?? goneCommit(0);
    const seconds = newest - index * secondsApart;
    const random = createHash('sha1').update(`${source.commit} ${index}`).digest('hex').slice(0, 4);
    const failed = failEvery > 0 && index % failEvery === failEvery - 1;
    return { ...source, seconds, runId: `${seconds}-${random}`, outcome: failed ? 'failed' : 'passed' };
  });
}

/** The scratch ref is started anew for each, so that no result has a parent. */
function resultCommit(plan: Plan, mark: number, options: FakeRunsOptions): string {
  const { branch = 'main', logBytes = 800 } = options;
  const record = makeRecord(plan, branch);
  const message = formatResultMessage(plan.commit, plan.runId, { ...record, branch, tree: plan.tree, exitCode: record.exitCode ?? undefined });
  const files = {
    'jci.json': JSON.stringify(record),
    'run.output.txt': logText(plan, logBytes),
    'status.txt': record.status,
    'index.html': '<!doctype html><title>run</title>\n',
  };
  const changes = Object.entries(files).map(([path, text]) => file(path, text));
  return `reset ${scratchRef}\ncommit ${scratchRef}\nmark :${mark}\n${person(plan.seconds)}${data(message)}${changes.join('')}\n`;
}

function makeRecord({ commit, tree, script, runId, outcome, seconds }: Plan, branch: string): RunRecord {
  const durationMs = 1000 + (seconds % 977);
  return {
    version: 1,
    runId,
    commit,
    tree,
    script,
    branch,
    trigger: 'manual',
    dirty: false,
    clean: true,
    shared: [],
    status: statusOf(outcome),
    outcome,
    exitCode: outcome === 'passed' ? 0 : 1,
    signal: null,
    startedAt: new Date(seconds * 1000).toISOString(),
    finishedAt: new Date(seconds * 1000 + durationMs).toISOString(),
    durationMs,
    host: 'fake',
    user: 'ada',
    platform: 'linux-x64',
    gitVersion: '2.39.5',
    jciVersion: '0.1.0',
    steps: [{ name: 'test', depth: 0, startMs: 10, durationMs: durationMs - 20, exitCode: outcome === 'passed' ? 0 : 1 }],
    annotations: [],
    notes: [],
  };
}

function logText({ commit, runId, outcome }: Plan, bytes: number): string {
  const lines = Array.from({ length: Math.ceil(bytes / 60) }, (_, line) => `${runId} line ${line}: checking something of ${commit.slice(0, 12)}`);
  return `${lines.join('\n')}\n${outcome}\n`;
}

const scratchRef = 'refs/jci-fake/scratch';

const person = (seconds: number): string => `committer Ada <ada@example.com> ${seconds} +0000\n`;
const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
const file = (path: string, text: string): string => `M 100644 inline ${path}\n${data(text)}`;

/** @returns object ids by mark. */
async function fastImport(repo: Place, commands: readonly string[]): Promise<Map<number, string>> {
  const marks = join(await gitDir(repo), 'fake-marks');
  await mustExec(repo, ['fast-import', '--quiet', '--force', `--export-marks=${marks}`], commands.join(''));
  await repo.git('update-ref', '-d', scratchRef);
  return new Map(
    readFileSync(marks, 'utf8')
      .trim()
      .split('\n')
      .map((line) => [Number(line.slice(1, line.indexOf(' '))), line.slice(line.indexOf(' ') + 1)]),
  );
}

/** Twenty thousand loose refs would take longer than all the rest, so the packed file is written as git would. */
async function addPackedRefs(repo: Place, runs: readonly FakeRun[]): Promise<void> {
  await repo.git('pack-refs', '--all');
  const path = join(await gitDir(repo), 'packed-refs');
  const [header = '', ...before] = readFileSync(path, 'utf8').trimEnd().split('\n');
  // A line with `^` belongs to the tag before it.
  const entries = before.join('\n').split(/\n(?!\^)/).filter(Boolean);
  const all = [...entries, ...runs.map(({ ref, result }) => `${result} ${ref}`)];
  const name = (entry: string): string => entry.split('\n')[0]?.split(' ')[1] ?? '';
  all.sort((a, b) => (name(a) < name(b) ? -1 : 1));
  writeFileSync(`${path}.new`, `${header}\n${all.join('\n')}\n`);
  renameSync(`${path}.new`, path);
}

const gitDir = async (repo: Place): Promise<string> => resolve(repo.path, await repo.git('rev-parse', '--git-common-dir'));

/** Without these, glibc gives memory back to the kernel after every object: fast-import spends nine tenths of its time so. */
const keepMemory = ['MALLOC_TRIM_THRESHOLD_=67108864', 'MALLOC_TOP_PAD_=16777216'];

async function mustExec(repo: Place, args: readonly string[], input?: string): Promise<string> {
  const { exitCode, stdout, stderr } = await repo.exec('env', [...keepMemory, 'git', ...args], input);
  if (exitCode !== 0) throw new Error(`git ${args.join(' ')} failed: ${stderr}`);
  return stdout;
}
