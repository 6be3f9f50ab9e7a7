import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../helpers/repo.ts';

const mebibyte = 1024 * 1024;
/** Beyond what is read whole of any object. */
const tooMuch = 36 * mebibyte;

async function store(repo: TestRepo, type: 'blob' | 'commit', content: string): Promise<string> {
  const { stdout, stderr } = await repo.exec('git', ['hash-object', '-t', type, '-w', '--stdin'], content);
  if (stderr !== '') throw new Error(stderr);
  return stdout.trim();
}

/** A run of HEAD, newer than all others, made from the newest one: with another text behind its message, or other files. */
async function addHostile(repo: TestRepo, { message, files = {} }: { message?: string; files?: Record<string, string> }): Promise<string> {
  const [ref = ''] = await repo.refs();
  const lines = (await repo.git('ls-tree', ref)).split('\n').filter((line) => !Object.keys(files).includes(line.split('\t')[1] ?? ''));
  for (const [name, content] of Object.entries(files)) lines.push(`100644 blob ${await store(repo, 'blob', content)}\t${name}`);
  const tree = (await repo.exec('git', ['mktree'], `${lines.join('\n')}\n`)).stdout.trim();
  const text = (await repo.git('cat-file', 'commit', ref)).replace(/^tree .*/, `tree ${tree}`);
  const header = text.slice(0, text.indexOf('\n\n'));
  const result = await store(repo, 'commit', message === undefined ? `${text}\n` : `${header}\n\n${message}`);
  const runId = '4000000000-abcd';
  await repo.git('update-ref', `refs/jci-runs/${await repo.git('rev-parse', 'HEAD')}/${runId}`, result);
  return runId;
}

/** Runs a command, which must end without a word about a mistake of ours. */
async function calm(repo: TestRepo, ...words: string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const { exitCode, stdout, stderr } = await repo.jci(...words);
  expect([words, stderr]).not.toEqual([words, expect.stringMatching(/did not expect/)]);
  return { exitCode: exitCode ?? -1, stdout, stderr };
}

describe('a result whose message is too long to be read', () => {
  test('is listed as unreadable, and the runs beside it are as before', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const runId = await addHostile(repo, { message: `CI results\n\nJci-Status: err\nJci-Outcome: failed\n${' '.repeat(tooMuch)}\n` });
        const listed = await calm(repo, 'ls', '--json');
        expect(listed.stdout).toContain(runId);
        expect(listed.stdout).toContain('"status":"ok"');
        expect(listed.stdout).not.toContain('"status":"err"');
        for (const command of [['ls'], ['status'], ['log'], ['show', 'HEAD:2'], ['run', '--if-needed']]) {
          expect([command, (await calm(repo, ...command)).exitCode]).toEqual([command, 0]);
        }
        await calm(repo);
        await calm(repo, 'show', runId);
        const verified = await calm(repo, 'verify', runId);
        expect(verified.exitCode).toBe(1);
        expect(verified.stdout).toContain('too long');
      },
      { script: 'true' },
    ));
});

test('a commit whose subject has no end is told of with its beginning', () =>
  withRepo(
    async (repo) => {
      const tree = await repo.git('rev-parse', 'HEAD^{tree}');
      const commit = (await repo.exec('git', ['commit-tree', tree, '-p', 'HEAD'], `endless${' words'.repeat(mebibyte)}`)).stdout.trim();
      await repo.git('update-ref', 'HEAD', commit);
      await repo.jci('run', '-q');
      for (const command of [['show', '--json'], ['log', '--json']]) {
        const { exitCode, stdout } = await calm(repo, ...command);
        expect([command, exitCode, stdout]).toEqual([command, 0, expect.stringMatching(/"endless words words/)]);
        expect(stdout.length).toBeLessThan(100_000);
      }
      expect((await calm(repo, 'ls')).stdout).toMatch(/ endless words words/);
      expect((await calm(repo, 'log', '-n', '1')).stdout).toMatch(/ endless words words/);
    },
    { script: 'true' },
  ));

describe('a file of a result that is too big to be read', () => {
  const blanks = ' '.repeat(tooMuch);

  test('status.txt, where nothing else tells the verdict: there is none', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const runId = await addHostile(repo, { message: 'CI results\n', files: { 'status.txt': `err\n${blanks}` } });
        const listed = await calm(repo, 'ls', '--json');
        expect(listed.stdout).toContain(runId);
        expect(listed.stdout).not.toContain('"status":"err"');
        expect((await calm(repo, 'status')).exitCode).toBe(0);
        expect((await calm(repo, 'verify', runId)).stdout).toContain('status.txt is missing or says neither');
      },
      { script: 'true' },
    ));

  test('jci.json reads as if it were not there, and is no sound one to verify', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const record = await repo.git('cat-file', 'blob', `${(await repo.refs())[0] ?? ''}:jci.json`);
        const runId = await addHostile(repo, { files: { 'jci.json': `${record}${blanks}` } });
        const shown = await calm(repo, 'show', runId);
        expect(shown.exitCode).toBe(0);
        expect(shown.stdout).not.toContain('manual');
        expect((await calm(repo, 'logs', '--failed', runId)).exitCode).toBe(0);
        expect((await calm(repo, 'diff', 'HEAD:2', runId)).exitCode).not.toBe(128);
        const verified = await calm(repo, 'verify', runId);
        expect(verified.exitCode).toBe(1);
        expect(verified.stdout).toContain('jci.json cannot be read');
      },
      { script: 'true' },
    ));
});

describe('a step that claims to be deep inside others', () => {
  const stepsOf = (depth: string): string =>
    `{"version":1,"steps":[{"name":"deep","depth":${depth},"firstLine":1,"lastLine":1,"startMs":0,"durationMs":5}]}`;

  test.each(['1e308', '1e400', '400000000', '20000000'])('(%s levels) is shown in a line that is not long', (depth) =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const runId = await addHostile(repo, { files: { 'steps.json': stepsOf(depth) } });
        const shown = await calm(repo, 'show', runId);
        expect(shown.exitCode).toBe(0);
        expect(shown.stdout.length).toBeLessThan(5000);
        expect(shown.stdout.includes('deep')).toBe(Number.isSafeInteger(Number(depth)));
        await calm(repo, 'logs', '--step', 'deep', runId);
      },
      { script: 'echo line' },
    ),
  );
});
