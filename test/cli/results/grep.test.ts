import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../../helpers/repo.ts';

const script = 'echo "Marker one"; echo "marker two (a+b)"; cat "$JCI_REPO_ROOT/said" 2>/dev/null; [ ! -e "$JCI_REPO_ROOT/fail" ]';

/** Two commits: the first passed, the second said more and failed. */
async function makeRuns(repo: TestRepo): Promise<void> {
  await repo.jci('run', '-q');
  await repo.commit({ said: 'only here\n', fail: '' });
  await repo.jci('run', '-q');
}

const lines = async (repo: TestRepo, ...words: string[]): Promise<string[]> =>
  (await repo.jci('grep', ...words)).stdout.split('\n').filter(Boolean);

describe('git jci grep', () => {
  test('prints run, commit, line number and line', () =>
    withRepo(
      async (repo) => {
        await makeRuns(repo);
        const { exitCode, stdout } = await repo.jci('grep', '^only h.re$');
        expect(exitCode).toBe(0);
        expect(stdout).toMatch(/^\d+-[0-9a-f]{4} [0-9a-f]{12} \d+: only here\n$/);
        const number = Number(/ (\d+): /.exec(stdout)?.[1]);
        expect((await repo.jci('logs')).stdout.split('\n')[number - 1]).toBe('only here');
      },
      { script },
    ));

  test('-i, -F, -l and -m', () =>
    withRepo(
      async (repo) => {
        await makeRuns(repo);
        expect(await lines(repo, 'MARKER')).toHaveLength(0);
        expect(await lines(repo, '-i', 'MARKER')).toHaveLength(4);
        expect(await lines(repo, '-F', '(a+b)')).toHaveLength(2);
        expect(await lines(repo, '(a+b)')).toEqual(await lines(repo, 'a+b'));
        expect(await lines(repo, '-F', '/-#x')).toHaveLength(0);
        expect((await lines(repo, '-l', 'arker')).every((line) => /^\d+-[0-9a-f]{4} [0-9a-f]{12}$/.test(line))).toBe(true);
        expect(await lines(repo, '-l', 'arker')).toHaveLength(2);
        expect(await lines(repo, '-m', '1', 'arker')).toHaveLength(2);
      },
      { script },
    ));

  test('a range or a revision limits it, and so does --failed', () =>
    withRepo(
      async (repo) => {
        await makeRuns(repo);
        expect(await lines(repo, 'one', 'HEAD~1..HEAD')).toHaveLength(1);
        expect(await lines(repo, 'only here', 'HEAD~1')).toHaveLength(0);
        expect(await lines(repo, 'only here', 'HEAD')).toHaveLength(1);
        expect(await lines(repo, '--failed', 'one')).toHaveLength(1);
      },
      { script },
    ));

  test('exits 1 when nothing is found, as grep does', () =>
    withRepo(
      async (repo) => {
        await makeRuns(repo);
        expect(await repo.jci('grep', 'not to be found')).toMatchObject({ exitCode: 1, stdout: '', stderr: '' });
      },
      { script },
    ));

  test('--json prints a document per match', () =>
    withRepo(
      async (repo) => {
        await makeRuns(repo);
        const { stdout } = await repo.jci('grep', '--json', 'only');
        expect(JSON.parse(stdout)).toMatchObject({ version: 1, text: 'only here', commit: await repo.git('rev-parse', 'HEAD') });
      },
      { script },
    ));

  test('looks at the text that a person sees, and prints that', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        expect(await lines(repo, 'Tests  1804 passed')).toEqual([expect.stringMatching(/ \d+:  Tests  1804 passed$/)]);
        expect(await lines(repo, '^ Tests  \\d+ passed$')).toHaveLength(1);
        expect(await lines(repo, '^error src/a.js:3: no such file$')).toEqual([expect.stringMatching(/: error src\/a\.js:3: no such file$/)]);
        expect(await lines(repo, '-F', '[2m')).toEqual([]);
        const { stdout } = await repo.jci('grep', '--json', '1804');
        expect(JSON.parse(stdout)).toMatchObject({ text: ' Tests  1804 passed' });
        const colored = await repo.at('.', { FORCE_COLOR: '1' }).jci('grep', 'passed|1804');
        expect(colored.stdout).toContain(' Tests  \x1b[31m1804\x1b[39m \x1b[31mpassed\x1b[39m\n');
      },
      { script: "printf '\\033[2m Tests \\033[22m \\033[1m\\033[32m1804 passed\\033[39m\\033[22m\\n'; echo '::error file=src/a.js,line=3::no such file'" },
    ));

  test('finds the last line also without a line feed, and lines longer than a chunk', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        expect(await lines(repo, 'needle$')).toHaveLength(1);
      },
      { script: "head -c 300000 /dev/zero | tr '\\0' x; echo needle" },
    ));

  test.each([['('], ['[a'], ['a{2,1}'], ['x', '-m', '0'], ['x', '--max-count', 'many']])('refuses %j with 2', (...words) =>
    withRepo(
      async (repo) => {
        const { exitCode, stderr } = await repo.jci('grep', ...words);
        expect(exitCode).toBe(2);
        expect(stderr).toMatch(/^git jci: [^\n]+\n(?:hint: [^\n]+\n)?$/);
      },
      { script },
    ),
  );

  test('refuses a range it does not know with 3', () =>
    withRepo(
      async (repo) => {
        expect((await repo.jci('grep', 'x', 'nowhere..HEAD')).exitCode).toBe(3);
        expect((await repo.jci('grep', 'x', 'nowhere')).exitCode).toBe(3);
      },
      { script },
    ));
});
