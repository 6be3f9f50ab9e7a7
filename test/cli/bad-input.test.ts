import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo } from '../helpers/repo.ts';

const oneLine = /^git jci: [^\n]+\n(?:hint: [^\n]+\n)?$/;

describe('a repository that cannot be run in', () => {
  test('bare', () =>
    withRepo(
      async (repo) => {
        const { exitCode, stderr } = await repo.jci('run');
        expect(exitCode).toBe(128);
        expect(stderr).toMatch(oneLine);
        expect(stderr).toContain('bare');
      },
      { bare: true },
    ));

  test('without a commit', () =>
    withRepo(async (repo) => {
      repo.write('.jci/run.sh', 'true');
      const { exitCode, stderr } = await repo.jci('run');
      expect(exitCode).toBe(128);
      expect(stderr).toMatch(oneLine);
      expect(stderr).toContain('no commit yet');
      expect((await repo.jci('ls')).exitCode).toBe(0);
      expect((await repo.jci('show')).exitCode).toBe(128);
    }));

  test.each([['run'], ['run', '--clean'], ['run', 'HEAD~1']])('without a run.sh: %s %s', (...words) =>
    withRepo(async (repo) => {
      await repo.commit({ a: '1' });
      await repo.commit({ a: '2' });
      const { exitCode, stderr } = await repo.jci(...words);
      expect(exitCode).toBe(125);
      expect(stderr).toMatch(oneLine);
      expect(stderr).toContain('git jci init');
      expect(await repo.refs()).toEqual([]);
    }),
  );

  test('shallow: it runs, and nothing is mistaken for gone', () =>
    withRepo(
      async (repo) => {
        await repo.commit({ a: '1' });
        await repo.git('clone', '--quiet', '--depth=1', `file://${repo.path}`, '../shallow');
        const shallow = repo.at('../shallow');
        expect((await shallow.jci('run')).exitCode).toBe(0);
        expect((await shallow.jci('ls', '--json')).stdout).toContain('"status":"ok"');
      },
      { script: 'true' },
    ));
});

describe('a script', () => {
  test('that is not executable runs', () =>
    withRepo(
      async (repo) => {
        chmodSync(join(repo.path, '.jci/run.sh'), 0o644);
        await repo.commit({});
        expect((await repo.jci('run')).stdout).toBe('ran\n');
      },
      { script: 'echo ran' },
    ));

  test('with Windows line endings is broken, in words, before anything of it ran', () =>
    withRepo(
      async (repo) => {
        const { exitCode, stderr, stdout } = await repo.jci('run');
        expect(exitCode).toBe(128);
        expect(stdout).toBe('');
        expect(stderr).toContain('CRLF');
        expect((await repo.jci('ls', '--json')).stdout).toContain('"outcome":"broken"');
      },
      { script: 'set -e\r\necho ran\r\n' },
    ));

  test('without bash is broken, in words', () =>
    withRepo(
      async (repo) => {
        mkdirSync(join(repo.root, 'few'));
        for (const name of ['git', 'mkfifo', 'node', 'sh']) {
          const { stdout } = await repo.exec('sh', ['-c', `command -v ${name}`]);
          symlinkSync(stdout.trim(), join(repo.root, 'few', name));
        }
        const { exitCode, stderr } = await repo.at('.', { PATH: `${repo.root}/few:${repo.root}/bin` }).jci('run');
        expect(exitCode).toBe(128);
        expect(stderr).toContain('bash was not found');
      },
      { script: 'true' },
    ));

  test('that deletes its own output directory is stored all the same', () =>
    withRepo(
      async (repo) => {
        expect((await repo.jci('run')).exitCode).toBe(0);
        expect((await repo.jci('logs')).stdout).toContain('\nstill here\n');
        expect(await repo.git('status', '--porcelain')).toBe('');
      },
      { script: 'rm -rf "$JCI_OUTPUT_DIR"; echo still here' },
    ));

  test('that deletes the whole working tree is stored all the same', () =>
    withRepo(
      async (repo) => {
        expect((await repo.jci('run')).exitCode).toBe(1);
        expect((await repo.jci('show', '--json')).stdout).toContain('"outcome":"failed"');
        expect(await repo.fsck()).toBe('');
      },
      { script: 'find "$JCI_REPO_ROOT" -mindepth 1 -maxdepth 1 -not -name .git -exec rm -rf {} +; exit 5' },
    ));

  test('that deletes its whole temporary worktree is stored, and the next run has a new one', () =>
    withRepo(
      async (repo) => {
        expect((await repo.jci('run', '--clean')).exitCode).toBe(1);
        expect((await repo.jci('run', '--clean')).exitCode).toBe(1);
        expect(await repo.refs()).toHaveLength(2);
      },
      { script: 'rm -rf "$JCI_REPO_ROOT"; exit 5' },
    ));

  test('whose output is not UTF-8 is stored byte for byte', () =>
    withRepo(
      async (repo) => {
        const { stdoutBytes } = await repo.jci('run');
        expect(stdoutBytes).toEqual(Buffer.from([0xff, 0xfe, 0x00, 0x80, 0x0a]));
        expect((await repo.jci('logs')).stdoutBytes.includes(Buffer.from([0xff, 0xfe, 0x00, 0x80, 0x0a]))).toBe(true);
      },
      { script: "printf '\\xff\\xfe\\x00\\x80\\n'" },
    ));

  test('may write a single line of 10 MB', () =>
    withRepo(
      async (repo) => {
        const { exitCode, stdout } = await repo.jci('run');
        expect(exitCode).toBe(0);
        expect(stdout.length).toBe(10_000_001);
        expect((await repo.jci('logs', '--tail', '3')).stdout).toContain('passed');
      },
      { script: "head -c 10000000 /dev/zero | tr '\\0' x; echo" },
    ));
});

describe('artefacts', () => {
  const nasty = ['with space', "quote'\"", 'new\nline', '-dash', 'ünïcödé', '*?[', 'tab\there', '\u{1f600}'];

  test('of any name come back as they were', () =>
    withRepo(
      async (repo) => {
        await repo.at('.', { NAMES: nasty.join('/') }).jci('run');
        const { stdout } = await repo.jci('show', '--json');
        const { artefacts } = JSON.parse(stdout) as { artefacts: { path: string }[] };
        expect(artefacts.map(({ path }) => path).filter((path) => path !== 'index.html').sort()).toEqual([...nasty].sort());
        for (const name of nasty) expect((await repo.jci('cat', 'HEAD', '--', name)).stdout).toBe('x');
        expect(await repo.fsck()).toBe('');
        expect((await repo.jci('show')).stdout).toContain('new\\nline');
      },
      { script: "IFS=/; set -f; for n in $NAMES; do printf x > ./\"$n\"; done" },
    ));

  test('that git would refuse are stored under another name, and the log says so', () =>
    withRepo(
      async (repo) => {
        const { exitCode } = await repo.jci('run');
        expect(exitCode).toBe(0);
        const [ref = ''] = await repo.refs();
        const names = (await repo.git('ls-tree', '-r', '--name-only', ref)).split('\n');
        expect(names).toContain('.git.artefact/config');
        expect(names).toContain('status.txt.artefact');
        expect(await repo.git('cat-file', 'blob', `${ref}:status.txt`)).toBe('ok');
        expect((await repo.jci('logs')).stdout).toMatch(/\.git.*\.git\.artefact/);
        expect(await repo.fsck()).toBe('');
        await repo.git('init', '--bare', '--quiet', '../strict.git');
        await repo.git('-C', '../strict.git', 'config', 'receive.fsckObjects', 'true');
        expect((await repo.tryGit('push', '../strict.git', ref)).exitCode).toBe(0);
      },
      { script: 'mkdir .git; echo evil > .git/config; echo mine > status.txt' },
    ));

  test('that are pipes, sockets or unreadable are left out, in words; links are kept as links', () =>
    withRepo(
      async (repo) => {
        const { exitCode } = await repo.jci('run');
        expect(exitCode).toBe(0);
        const [ref = ''] = await repo.refs();
        expect(await repo.git('ls-tree', ref, 'dangling')).toMatch(/^120000 /);
        expect(await repo.git('ls-tree', ref, 'outside')).toMatch(/^120000 /);
        expect(await repo.git('cat-file', 'blob', `${ref}:outside`)).toBe('/etc/passwd');
        expect(await repo.git('ls-tree', ref, 'tool')).toMatch(/^100755 /);
        const logs = (await repo.jci('logs')).stdout;
        expect(logs).toMatch(/fifo/);
        expect(logs).toMatch(/empty/);
        expect(await repo.git('ls-tree', '-r', '--name-only', ref)).not.toContain('fifo');
      },
      { script: 'mkfifo fifo; ln -s nowhere dangling; ln -s /etc/passwd outside; mkdir empty; echo x > tool; chmod +x tool' },
    ));

  test('are stored byte for byte whatever core.autocrlf says', () =>
    withRepo(
      async (repo) => {
        await repo.git('config', 'core.autocrlf', 'true');
        await repo.jci('run');
        expect((await repo.jci('cat', 'HEAD', 'crlf.txt')).stdout).toBe('a\r\nb\n');
      },
      { script: "printf 'a\\r\\nb\\n' > crlf.txt" },
    ));
});

describe('words from the command line', () => {
  test.each(['--output=evil', '-x', 'a\nb', ''])('a revision %j is refused with 2', (revision) =>
    withRepo(
      async (repo) => {
        const { exitCode, stderr } = await repo.jci('run', '--', revision);
        expect(exitCode).toBe(2);
        expect(stderr).not.toMatch(/\n\s+at /);
        expect(await repo.git('status', '--porcelain')).toBe('');
      },
      { script: 'true' },
    ),
  );

  test.each([
    ['run', '--timeout', 'soon'],
    ['run', '--timeout', '30'],
    ['run', '--jobs', '0'],
    ['run', '--env', '=x'],
    ['ls', '--limit', '-3'],
    ['logs', '--tail', 'x'],
    ['grep', '('],
    ['log', '--output=evil'],
    ['log', '--ext-diff'],
    ['cat', 'HEAD'],
  ])('%s %s %s is refused with 2, in words', (...words) =>
    withRepo(
      async (repo) => {
        const { exitCode, stderr } = await repo.jci(...words.filter(Boolean));
        expect(exitCode).toBe(2);
        expect(stderr).toMatch(oneLine);
      },
      { script: 'true' },
    ),
  );

  test('an unknown revision, run or artefact is refused with 3', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        for (const words of [['run', 'nowhere'], ['show', 'nowhere'], ['show', 'HEAD:7'], ['cat', 'HEAD', 'nothing'], ['logs', '--step', 'none']]) {
          const { exitCode, stderr } = await repo.jci(...words);
          expect([words, exitCode]).toEqual([words, 3]);
          expect(stderr).toMatch(oneLine);
        }
      },
      { script: 'true' },
    ));
});

describe("a colleague's result", () => {
  test('of the Go tool is a first-class run', () =>
    withRepo(
      async (repo) => {
        const head = await repo.git('rev-parse', 'HEAD');
        const blob = async (text: string): Promise<string> => (await repo.exec('git', ['hash-object', '-w', '--stdin'], text)).stdout.trim();
        const lines = [`100644 blob ${await blob('<p>page</p>')}\tindex.html`, `100644 blob ${await blob('go log\n')}\trun.output.txt`, `100644 blob ${await blob('err\n')}\tstatus.txt`];
        const tree = (await repo.exec('git', ['mktree'], `${lines.join('\n')}\n`)).stdout.trim();
        const commit = await repo.git('commit-tree', '-m', `CI results for ${head.slice(0, 12)}`, tree);
        await repo.git('update-ref', `refs/jci-runs/${head}/1700000000-abcd`, commit);
        expect((await repo.jci('ls', '--json')).stdout).toContain('"status":"err"');
        expect((await repo.jci('show')).exitCode).toBe(0);
        expect((await repo.jci('logs')).stdout).toBe('go log\n');
        expect((await repo.jci('cat', '1700', 'index.html')).stdout).toBe('<p>page</p>');
        expect((await repo.jci('status')).exitCode).toBe(1);
        expect((await repo.jci('verify')).exitCode).toBe(0);
        expect((await repo.jci('log', '--oneline')).exitCode).toBe(0);
      },
      { script: 'true' },
    ));

  test.each(['{', '{"version":1}', '{"version":99}', 'null', '\u0000'])('with a jci.json of %j is shown without it', (json) =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const [ref = ''] = await repo.refs();
        const id = (await repo.exec('git', ['hash-object', '-w', '--stdin'], json)).stdout.trim();
        const entries = (await repo.git('ls-tree', ref)).replace(/[0-9a-f]{40}\tjci\.json/, `${id}\tjci.json`);
        const tree = (await repo.exec('git', ['mktree'], `${entries}\n`)).stdout.trim();
        const commit = await repo.git('commit-tree', '-m', 'tampered\n\nJci-Status: ok', tree);
        await repo.git('update-ref', ref, commit);
        for (const command of ['ls', 'show', 'logs', 'tests', 'log']) {
          const { exitCode, stderr } = await repo.jci(command);
          expect([command, exitCode]).toEqual([command, 0]);
          expect(stderr).not.toMatch(/did not expect/);
        }
        expect((await repo.jci('verify')).exitCode).toBe(1);
      },
      { script: 'true' },
    ),
  );

  test('whose objects are missing is listed, and refused in words', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const [ref = ''] = await repo.refs();
        const tree = await repo.git('rev-parse', `${ref}^{tree}`);
        await repo.exec('rm', ['-f', join(repo.path, '.git/objects', tree.slice(0, 2), tree.slice(2))]);
        expect((await repo.jci('ls')).exitCode).toBe(0);
        const shown = await repo.jci('show');
        expect(shown.exitCode).toBe(3);
        expect(shown.stderr).toContain('cannot be read');
        expect((await repo.jci('verify')).exitCode).toBe(1);
      },
      { script: 'true' },
    ));

  test('whose messages hold escape sequences does not reach the terminal with them', () =>
    withRepo(
      async (repo) => {
        await repo.commit({}, 'evil \u001b]0;title\u0007 subject');
        await repo.jci('run', '-q');
        for (const command of ['ls', 'show', 'log']) expect((await repo.jci(command)).stdout).not.toContain('\u001b');
      },
      { script: 'true' },
    ));
});
