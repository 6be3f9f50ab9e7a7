import sax from 'sax';
import { describe, expect, test } from 'vitest';
import { withRepo } from '../helpers/repo.ts';

/** The texts of an SVG; throws when it is not well-formed XML. */
function textsOf(svg: string): string[] {
  const parser = sax.parser(true);
  const texts: string[] = [];
  parser.onerror = (error) => {
    throw error;
  };
  parser.ontext = (text) => {
    if (text.trim() !== '') texts.push(text.trim());
  };
  parser.write(svg).close();
  return texts;
}

const color = (svg: string): string | undefined => /fill="(#[0-9a-f]{6})"\/><\/g>/.exec(svg)?.[1];

describe('git jci badge', () => {
  test('has a text and a colour for every verdict', () =>
    withRepo(
      async (repo) => {
        const none = (await repo.jci('badge')).stdout;
        await repo.jci('run', '-q');
        const passed = (await repo.jci('badge')).stdout;
        await repo.git('checkout', '-q', '-b', 'topic');
        await repo.commit({ fail: '' });
        await repo.jci('run', '-q');
        const { exitCode, stdout: failed } = await repo.jci('badge', 'topic');
        expect(exitCode).toBe(0);
        expect([none, passed, failed].map((svg) => textsOf(svg).at(-1))).toEqual(['no result', 'passed', 'failed']);
        expect(new Set([none, passed, failed].map(color)).size).toBe(3);
        expect((await repo.jci('badge', 'main')).stdout).toBe(passed);
      },
      { script: '[ ! -e "$JCI_REPO_ROOT/fail" ]' },
    ));

  test('escapes its label, and stays well-formed XML', () =>
    withRepo(
      async (repo) => {
        const label = `</text><script>alert('1')</script> & "x" ü`;
        const { stdout } = await repo.jci('badge', '--label', label);
        expect(stdout).not.toContain('<script');
        expect(textsOf(stdout)).toEqual([`${label}: no result`, label, 'no result']);
      },
      { script: 'true' },
    ));

  test('is as wide as its texts', () =>
    withRepo(
      async (repo) => {
        const width = async (label: string): Promise<number> =>
          Number(/width="([\d.]+)"/.exec((await repo.jci('badge', '--label', label)).stdout)?.[1]);
        expect(await width('a much longer label')).toBeGreaterThan(await width('ci'));
      },
      { script: 'true' },
    ));

  test('of an unknown branch is refused with 3, and prints no image', () =>
    withRepo(
      async (repo) => {
        expect(await repo.jci('badge', 'nowhere')).toMatchObject({ exitCode: 3, stdout: '' });
        expect(await repo.jci('badge', '--', '--output=x')).toMatchObject({ exitCode: 2, stdout: '' });
      },
      { script: 'true' },
    ));
});
