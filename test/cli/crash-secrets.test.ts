import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../helpers/repo.ts';
import { killGitJci, sabotage } from '../helpers/saboteur.ts';

const secret = 'hunter2-correct-horse';
/** For scripts, which are stored too. */
const makesSecret = `secret=$(echo ${[...secret].reverse().join('')} | rev)`;

/** Starts a run and kills its git jci once the script has said `written`. */
async function killRun(repo: TestRepo, ...args: string[]): Promise<void> {
  const run = repo.startJci('run', ...args);
  await run.untilOutput('written');
  run.kill('SIGKILL');
  await run.exit();
}

/** Every byte of every object. */
const everythingStored = async (repo: TestRepo): Promise<string> =>
  (await repo.exec('sh', ['-c', 'git cat-file --batch-all-objects --batch; git for-each-ref'])).stdout;

async function artefacts(repo: TestRepo): Promise<string[]> {
  const shown = JSON.parse((await repo.jci('show', '--json')).stdout) as { artefacts: { path: string }[] };
  return shown.artefacts.map(({ path }) => path).filter((path) => path !== 'index.html');
}

/** The artefacts are on disk and not in git, and the user hears of it from `heard` on. */
async function expectLeftOut(repo: TestRepo, heard: string): Promise<void> {
  const told = /left out all 3 artefacts, which could not be searched for secrets: .*git jci rerun.*what was left out is still in ([^\n;]+)/s;
  const folder = told.exec(heard)?.[1] ?? 'not told';
  expect(readdirSync(folder).sort()).toEqual(['fine', 'held', 'report.xml']);
  expect(readFileSync(join(folder, 'held'), 'utf8')).toBe(`${secret}\n`);
  expect((await repo.jci('logs')).stdout).toMatch(told);
  expect(await artefacts(repo)).toEqual([]);
  expect((await repo.jci('show', '--json')).stdout).toContain('"tests":null');
  expect(await everythingStored(repo)).not.toContain(secret);
  expect(await repo.fsck()).toBe('');
}

const writes = [
  'echo "$secret" >held; echo fine >fine',
  `echo "<testsuite name='s'><testcase name='t' classname='c'><failure message='not $secret'/></testcase></testsuite>" >report.xml`,
].join('\n');

describe('the secrets of a run whose git jci was killed', () => {
  const fromEnvironment = { script: `secret=$DEPLOY_TOKEN\n${writes}\necho written; sleep 100` };

  test('that stand in the environment of nobody else: no artefact is stored', () =>
    withRepo(async (repo) => {
      await killRun(repo.at('.', { DEPLOY_TOKEN: secret }));
      const { stderr } = await repo.jci('ls');
      await expectLeftOut(repo, stderr);
    }, fromEnvironment));

  test('that stand in the same environment: only what holds one is left out', () =>
    withRepo(async (repo) => {
      const inShell = repo.at('.', { DEPLOY_TOKEN: secret, OTHER_TOKEN: 'another-secret' });
      await killRun(inShell);
      await inShell.jci('ls');
      expect(await artefacts(repo)).toEqual(['fine']);
      expect((await repo.jci('tests', '--json')).stdout).toContain('not ***');
      expect(await everythingStored(repo)).not.toContain(secret);
    }, fromEnvironment));

  test('that stand under another name, and were named by the repository: they are known', () =>
    withRepo(async (repo) => {
      await repo.commit({ '.jci/config': '[jci]\n\tmask = PASSPHRASE\n' });
      await killRun(repo.at('.', { PASSPHRASE: secret }));
      await repo.at('.', { WHATEVER: secret }).jci('ls');
      expect(await artefacts(repo)).toEqual(['fine']);
      expect(await everythingStored(repo)).not.toContain(secret);
    }, { script: fromEnvironment.script.replace('DEPLOY_TOKEN', 'PASSPHRASE') }));

  test('that ::add-mask:: announced: no artefact is stored, whoever recovers it', () =>
    withRepo(async (repo) => {
      await killRun(repo);
      const { stderr } = await repo.jci('ls');
      await expectLeftOut(repo, stderr);
    }, { script: `${makesSecret}\n${writes}\necho ::add-mask::$secret; echo written; sleep 100` }));

  test('that ::add-mask:: announced again, as it stands in the environment or as lines of it: they are known', () =>
    withRepo(async (repo) => {
      const inShell = repo.at('.', { SIGNING_KEY: `${secret}\nsecond line` });
      await killRun(inShell);
      await inShell.jci('ls');
      expect(await artefacts(repo)).toEqual(['fine']);
    }, { script: `echo "::add-mask::\${SIGNING_KEY//$'\\n'/%0A}"; secret=\${SIGNING_KEY%%$'\\n'*}; echo "::add-mask::$secret"\n${writes}\necho written; sleep 100` }));

  test('of which no notes are left, as of an older git jci: no artefact is stored', () =>
    withRepo(async (repo) => {
      await killRun(repo);
      const active = join(repo.path, '.git/jci/active');
      const [folder = 'none'] = readdirSync(active);
      rmSync(join(active, folder, 'secrets'));
      const { stderr } = await repo.jci('ls');
      await expectLeftOut(repo, stderr);
    }, { script: `${makesSecret}\n${writes}\necho written; sleep 100` }));

  test('are in no notes in plain text, and in none that others may read', () =>
    withRepo(async (repo) => {
      const run = repo.at('.', { DEPLOY_TOKEN: secret }).startJci('run');
      await run.untilOutput('written');
      const notes = await repo.exec('sh', ['-c', 'ls -l .git/jci/active/*/secrets; cat .git/jci/active/*/secrets']);
      expect(notes.stdout).toMatch(/^-rw-------[^\n]*\n[0-9a-f]{32}\n[0-9a-f]{64}\n[0-9a-f]{64}\n$/);
      run.kill();
      await run.exit();
    }, { script: 'echo ::add-mask::announced; echo written; sleep 100' }));

  test('in the name of a step stay out of the notes', () =>
    withRepo(
      async (repo) => {
        const harmed = sabotage(repo, { program: 'git', when: '*update-ref*', before: `${killGitJci}; exit 1` });
        await harmed.exec('git-jci', ['run', '--quiet']);
        await repo.jci('ls');
        expect((await repo.jci('logs')).stdout).toContain("step '***' failed with exit code 1");
        expect((await repo.jci('show')).stdout).toContain('deploy ***');
        // The objects of the run that died were made with all secrets known.
        expect(await everythingStored(repo)).not.toContain(secret);
      },
      { script: `${makesSecret}; echo ::add-mask::$secret; git jci step "deploy $secret" -- false || true` },
    ));
});
