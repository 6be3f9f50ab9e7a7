import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../../helpers/repo.ts';

const script = `
R=$JCI_REPO_ROOT
git jci step common -- true
git jci step "$(cat $R/step)" -- true
cp $R/tests.xml junit.xml
cp -r $R/artefacts/. .
[ ! -e $R/fail ]`;

const suite = (cases: Record<string, 'good' | 'bad' | 'skipped'>): string => {
  const body = { good: '', bad: '<failure message="no"/>', skipped: '<skipped/>' };
  const lines = Object.entries(cases).map(([name, state]) => `<testcase name="${name}">${body[state]}</testcase>`);
  return `<testsuite name="s">${lines.join('')}</testsuite>`;
};

/** A commit that passed, and one after it that did not. */
async function makeRuns(repo: TestRepo): Promise<void> {
  await repo.commit({
    step: 'old step',
    'tests.xml': suite({ mended: 'bad', spoilt: 'good', same: 'good', ever: 'bad', gone: 'good' }),
    'artefacts/changed.txt': '1',
    'artefacts/removed.txt': '1',
    'artefacts/same.txt': '1',
  });
  await repo.jci('run', '-q');
  await repo.git('rm', '-q', 'artefacts/removed.txt');
  await repo.commit({
    step: 'new step',
    'tests.xml': suite({ mended: 'good', spoilt: 'bad', same: 'good', ever: 'bad', fresh: 'good' }),
    'artefacts/changed.txt': '22',
    'artefacts/added.txt': '1',
    fail: '',
  });
  await repo.jci('run', '-q');
}

describe('git jci diff', () => {
  test('marks the steps whose verdict is another', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        await repo.commit({ fail: '' });
        await repo.jci('run', '-q');
        const { stdout } = await repo.jci('diff', 'HEAD~1', 'HEAD');
        expect(stdout).toMatch(/^ {2}lint +[\d.]+ m?s +[\d.]+ m?s {2}fixed(?: |$)/m);
        expect(stdout).toMatch(/^ {2}unit +[\d.]+ m?s +[\d.]+ m?s {2}broken: exit 3(?: |$)/m);
        expect(stdout).not.toMatch(/^ {2}(?:bad|good|group) .*(?:fixed|broken)/m);
      },
      {
        script:
          'cd "$JCI_REPO_ROOT"; git jci step lint -- [ -e fail ]; git jci step unit -- sh -c "[ ! -e fail ] || exit 3"; git jci step bad -- false; git jci step good -- true; echo ::group::group; echo ::endgroup::',
      },
    ));

  test('tells outcome, steps, tests and artefacts that are not the same', () =>
    withRepo(
      async (repo) => {
        await makeRuns(repo);
        const { exitCode, stdout } = await repo.jci('diff', 'HEAD~1', 'HEAD');
        expect(exitCode).toBe(0);
        expect(stdout).toMatch(/^from ✓ \S+ [0-9a-f]{12} passed .*\nto {3}✗ \S+ [0-9a-f]{12} failed /);
        expect(stdout).toMatch(/old step .* gone/);
        expect(stdout).toMatch(/new step .* new/);
        expect(stdout).toMatch(/Broken \(1\)\n {2}✗ s > spoilt\n/);
        expect(stdout).toMatch(/Fixed \(1\)\n {2}✓ s > mended\n/);
        expect(stdout).toMatch(/Still failing \(1\)\n {2}✗ s > ever\n/);
        expect(stdout).toContain('1 tests are new, 1 are gone');
        expect(stdout).toMatch(/added\.txt .* new/);
        expect(stdout).toMatch(/removed\.txt .* gone/);
        expect(stdout).toMatch(/changed\.txt .* changed/);
        expect(stdout).not.toMatch(/same\.txt|index\.html|> same/);
      },
      { script },
    ));

  test("compares with HEAD's latest when the second run is left out; --json tells the same", () =>
    withRepo(
      async (repo) => {
        await makeRuns(repo);
        const { stdout } = await repo.jci('diff', '--json', 'HEAD~1');
        expect(JSON.parse(stdout)).toMatchObject({
          version: 1,
          before: { summary: { outcome: 'passed' } },
          after: { commit: await repo.git('rev-parse', 'HEAD'), summary: { outcome: 'failed' } },
          steps: [{ name: 'common' }, { name: 'old step', after: null }, { name: 'new step', before: null }],
          tests: { fixed: [{ name: 'mended' }], broken: [{ name: 'spoilt' }], added: [{ name: 'fresh' }], removed: [{ name: 'gone' }] },
          artefacts: [{ name: 'added.txt', before: null }, { name: 'changed.txt' }, { name: 'junit.xml' }, { name: 'removed.txt', after: null }],
        });
        const { artefacts } = JSON.parse(stdout) as { artefacts: { after: object | null }[] };
        expect(Object.keys(artefacts[0]?.after ?? {})).toEqual(['path', 'id', 'size']);
      },
      { script },
    ));

  test('of a run with itself shows no difference', () =>
    withRepo(
      async (repo) => {
        await makeRuns(repo);
        const { stdout } = await repo.jci('diff', 'HEAD', 'HEAD');
        expect(stdout).not.toMatch(/Broken|Fixed|Artefacts|new|gone|changed/);
      },
      { script: script.replace('"$(cat $R/step)"', 'other') },
    ));

  test('needs a run, and refuses one that is not there', () =>
    withRepo(
      async (repo) => {
        expect((await repo.jci('diff')).exitCode).toBe(2);
        await repo.jci('run', '-q');
        const { exitCode, stderr } = await repo.jci('diff', 'HEAD', 'HEAD:2');
        expect(exitCode).toBe(3);
        expect(stderr).toContain('has 1 run: there is no number 2');
      },
      { script: 'true' },
    ));
});
