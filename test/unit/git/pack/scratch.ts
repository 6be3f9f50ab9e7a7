import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../../../../src/base/errors.ts';
import type { ObjectFormat, ObjectId } from '../../../../src/model/object-id.ts';
import type { RunPackProcess } from '../../../../src/git/pack/store-tree.ts';

/** A folder with a bare repository, a server that checks every push, and a place for artefacts. */
export interface Scratch {
  readonly root: string;
  /** The output directory of a run. */
  readonly out: string;
  readonly run: RunPackProcess;
  /** The arguments of the last process that `run` started. */
  lastArgs(): string[];
  /** stdout as bytes; throws when git fails. */
  git(args: readonly string[], input?: Uint8Array): Buffer;
  /** What `git fsck --strict` and a server with `receive.fsckObjects` have against a tree: nothing, if it is sound. */
  complaints(tree: ObjectId): string;
}

const formats: ObjectFormat[] = ['sha1', 'sha256'];
export const bothFormats = formats;

export async function withScratch(format: ObjectFormat, body: (scratch: Scratch) => Promise<void> | void): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'git-jci-pack-'));
  try {
    await body(makeScratch(root, format));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function makeScratch(root: string, format: ObjectFormat): Scratch {
  const env = {
    PATH: process.env['PATH'],
    HOME: root,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.com',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.com',
  };
  const cwd = join(root, 'repo.git');
  const out = join(root, 'out');
  mkdirSync(out);
  for (const name of ['repo.git', 'server.git']) {
    execFileSync('git', ['init', '-q', '--bare', `--object-format=${format}`, join(root, name)], { env });
  }
  execFileSync('git', ['--git-dir', join(root, 'server.git'), 'config', 'receive.fsckObjects', 'true'], { env });
  let started: string[] = [];

  const git = (args: readonly string[], input?: Uint8Array): Buffer =>
    execFileSync('git', args, { cwd, env, stdio: 'pipe', maxBuffer: 64 * 1024 * 1024, ...(input ? { input } : {}) });

  const run: RunPackProcess = async (args, feed) => {
    started = args;
    const child = spawn('git', args, { cwd, env, stdio: ['pipe', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (text) => (stderr += String(text)));
    const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
    child.stdin.on('error', () => undefined);
    const write = (chunk: Uint8Array): Promise<void> =>
      new Promise((resolve, reject) => child.stdin.write(chunk, (error) => (error ? reject(error) : resolve())));
    // What git says of itself explains more than the pipe it closed.
    const fed = await feed(write).then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    child.stdin.end();
    const code = await ended;
    const isOurs = fed !== undefined && !/EPIPE|destroyed/.test(messageOf(fed.error));
    if (isOurs) throw fed.error;
    if (code !== 0 || stderr !== '') throw new Error(`git ${args.join(' ')}: exit ${code}: ${stderr}`);
  };

  const complaints = (tree: ObjectId): string => {
    const commit = git(['commit-tree', '-m', 'result', tree]).toString().trim();
    git(['update-ref', 'refs/jci-runs/x', commit]);
    const fsck = spawnSync('git', ['fsck', '--strict', '--full', '--no-dangling'], { cwd, env, encoding: 'latin1' });
    const push = spawnSync('git', ['push', '-q', join(root, 'server.git'), '+refs/jci-runs/x'], { cwd, env, encoding: 'latin1' });
    const said = fsck.stderr.split('\n').filter((line) => !line.startsWith('notice: '));
    return `${fsck.status === 0 ? '' : 'fsck failed: '}${said.join('\n')}${fsck.stdout}${push.stderr}`;
  };

  return { root, out, run, git, complaints, lastArgs: () => started };
}
