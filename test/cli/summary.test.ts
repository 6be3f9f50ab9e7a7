import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../helpers/repo.ts';

interface Shown {
  account: { markdown: string; omittedBytes: number } | null;
  artefacts: { path: string }[];
}

const show = async (repo: TestRepo): Promise<Shown> => JSON.parse((await repo.jci('show', '--json')).stdout) as Shown;
const page = async (repo: TestRepo): Promise<string> => (await repo.jci('cat', 'HEAD', 'index.html')).stdout;

/** The section of `show`, to the next one. */
const summarySection = ({ stdout }: { stdout: string }): string | undefined => /^Summary\n((?: {2}.*\n|\n(?= {2}))*)/m.exec(stdout)?.[1];

describe('summary.md', () => {
  test('is shown as text, rendered on the page, and still an artefact', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        expect(summarySection(await repo.jci('show'))).toBe('  # Coverage\n\n  **90 %** of lines\\x07\n');
        const { account, artefacts } = await show(repo);
        expect(account).toEqual({ markdown: '# Coverage\n\n\u001b[1m**90 %**\u001b[0m of lines\u0007\n', omittedBytes: 0 });
        expect(artefacts.map(({ path }) => path)).toContain('summary.md');
        expect(await page(repo)).toContain('<h1>Coverage</h1>\n<p><strong>90 %</strong> of lines\\x07</p>');
      },
      { script: String.raw`printf '# Coverage\n\n\033[1m**90 %%**\033[0m of lines\007\n' > summary.md` },
    ));

  test('of any size is stored whole, and shown in part', () =>
    withRepo(
      async (repo) => {
        expect((await repo.jci('run', '-q')).exitCode).toBe(0);
        const section = summarySection(await repo.jci('show')) ?? '';
        expect(section.split('\n')).toHaveLength(42);
        expect(section).toMatch(/and more: git jci cat \d+-[0-9a-f]{4} summary\.md\n$/);
        expect((await show(repo)).account?.omittedBytes).toBe(3_000_000 - 1024 * 1024);
        expect(Buffer.byteLength(await page(repo))).toBeLessThan(200_000);
        expect((await repo.exec('sh', ['-c', 'git jci cat HEAD summary.md | wc -c'])).stdout.trim()).toBe('3000000');
      },
      { script: 'yes "a line of it" | head -c 3000000 > summary.md' },
    ));

  test('that holds a secret is left out, of the page too', () =>
    withRepo(
      async (repo) => {
        const { exitCode, stderr } = await repo.at('.', { DEPLOY_TOKEN: 'hunter2-correct-horse' }).jci('run', '-q');
        expect([exitCode, stderr]).toEqual([0, expect.stringContaining('holds a secret')]);
        expect(await page(repo)).not.toContain('hunter2');
        expect((await show(repo)).account).toBeNull();
        expect(summarySection(await repo.jci('show'))).toBeUndefined();
      },
      { script: 'echo "with $DEPLOY_TOKEN" > summary.md' },
    ));

  test.each([
    ['a link', 'ln -s ../../run.sh summary.md'],
    ['a folder', 'mkdir summary.md; echo text > summary.md/file'],
    ['empty', ': > summary.md'],
    ['no text', 'head -c 5000 /dev/urandom > summary.md'],
  ])('that is %s fails nothing', (_, script) =>
    withRepo(
      async (repo) => {
        expect((await repo.jci('run', '-q')).exitCode).toBe(0);
        expect((await repo.jci('show')).exitCode).toBe(0);
        expect((await page(repo)).startsWith('<!DOCTYPE html>')).toBe(true);
        expect(existsSync(`${repo.path}/.jci/${await repo.git('rev-parse', 'HEAD')}`)).toBe(false);
      },
      { script },
    ),
  );
});

test('a secret that Markdown has escaped does not stand on the page', () =>
  withRepo(
    async (repo) => {
      const withSecret = repo.at('.', { DEPLOY_TOKEN: 'open*sesame_now' });
      expect((await withSecret.jci('run', '-q')).exitCode).toBe(0);
      const html = await page(repo);
      expect(html).toContain('<p>key ***</p>');
      expect(html).not.toContain('sesame');
    },
    // Nothing but Markdown knows these: a file with a backslash before a letter would be left out.
    { script: "printf 'key open&ast;sesame&lowbar;now\\n' > summary.md" },
  ));
