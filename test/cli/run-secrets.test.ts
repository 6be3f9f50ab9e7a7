import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo, type TestRepo } from '../helpers/repo.ts';
import { waitFor } from '../helpers/wait-for.ts';

const secret = 'hunter2-correct-horse';

/** Every byte of every object, and every file of ours under .git. */
async function everythingStored(repo: TestRepo): Promise<string> {
  const { stdout } = await repo.exec('sh', [
    '-c',
    'git cat-file --batch-all-objects --batch; find .git/jci -type f -exec cat {} +; git for-each-ref',
  ]);
  return stdout;
}

describe('secrets', () => {
  test('of the environment are masked on the terminal and in what is stored, also across writes and lines', () =>
    withRepo(
      async (repo) => {
        const withSecret = repo.at('.', { DEPLOY_TOKEN: secret, SIGNING_KEY: 'line-one-of-key\nline-two-of-key' });
        const { stdout, exitCode } = await withSecret.jci('run');
        expect(exitCode).toBe(0);
        expect(stdout).toContain('plain ***');
        expect(stdout).toContain('split ***');
        const stored = await everythingStored(repo);
        for (const text of [stdout, stored]) {
          expect(text).not.toContain(secret);
          expect(text).not.toContain('line-one-of-key');
          expect(text).not.toContain('line-two-of-key');
        }
      },
      {
        script: [
          'echo "plain $DEPLOY_TOKEN"',
          'printf "split %s" "${DEPLOY_TOKEN:0:7}"; sleep 0.2; printf "%s\\n" "${DEPLOY_TOKEN:7}"',
          'echo "$SIGNING_KEY"',
        ].join('\n'),
      },
    ));

  test('in an artefact leave it out of what is stored, and where it is', () =>
    withRepo(
      async (repo) => {
        const run = await repo.at('.', { DEPLOY_TOKEN: secret }).jci('run', '-q');
        expect(run.exitCode).toBe(0);
        expect(run.stderr).toMatch(/^warning: left out, it holds a secret .*: 'large', 'link', 'straddling', 'deep\/small'$/m);
        const [, folder = 'not told'] = /^warning: what was left out is still in (.*)$/m.exec(run.stderr) ?? [];
        expect((await repo.exec('tail', ['-c', '30', join(folder, 'large')])).stdout).toContain(secret);
        expect(await everythingStored(repo)).not.toContain(secret);
        const { artefacts } = JSON.parse((await repo.jci('show', '--json')).stdout) as { artefacts: { path: string }[] };
        expect(artefacts.map(({ path }) => path)).toEqual(['fine', 'index.html']);
        expect(await repo.git('status', '--porcelain')).toBe('');
      },
      {
        script: [
          'mkdir deep; echo "<$DEPLOY_TOKEN>" > deep/small; echo fine > fine; ln -s "x$DEPLOY_TOKEN" link',
          '{ head -c 5000000 /dev/urandom; echo $DEPLOY_TOKEN; } > large',
          // Over the border of what is read at a time.
          '{ head -c 1048566 /dev/zero; echo $DEPLOY_TOKEN; head -c 2000000 /dev/zero; } > straddling',
        ].join('\n'),
      },
    ));

  test('named by ::add-mask:: are masked from there on, in the log and in test reports', () =>
    withRepo(
      async (repo) => {
        const { stdout } = await repo.jci('run');
        expect(stdout).not.toContain('add-mask');
        expect((await repo.jci('logs', '--raw')).stdout).toContain('::add-mask::***');
        expect(stdout).toContain('later ***');
        expect(stdout).not.toContain(secret);
        const tests = await repo.jci('tests', '--failed', '--json');
        expect(tests.stdout).toContain('expected ***');
        expect(tests.stdout).not.toContain(secret);
        expect(await everythingStored(repo)).not.toContain(secret);
      },
      {
        script: [
          `secret=$(echo "${[...secret].reverse().join('')}" | rev)`,
          'echo "::add-mask::$secret"',
          'echo "later $secret"',
          `echo "<testsuite name='s'><testcase name='t' classname='c'><failure message='expected $secret'/></testcase></testsuite>" > r.xml`,
        ].join('\n'),
      },
    ));

  test('cannot be given on the command line', () =>
    withRepo(
      async (repo) => {
        const refused = await repo.jci('run', '--env', `API_TOKEN=${secret}`);
        expect(refused.exitCode).toBe(2);
        expect(refused.stderr).not.toContain(secret);
        expect(refused.stderr).toContain('--env API_TOKEN');
        const taken = await repo.at('.', { API_TOKEN: secret }).jci('run', '--env', 'API_TOKEN');
        expect(taken.stdout.trim()).toBe('***');
      },
      { script: 'echo $API_TOKEN' },
    ));

  test('that jci.mask names are masked too, and a repository can only add to it', () =>
    withRepo(
      async (repo) => {
        await repo.commit({ '.jci/config': '[jci]\n\tmask = PASSPHRASE\n\tnotify = touch stolen\n' });
        const { stdout, stderr } = await repo.at('.', { PASSPHRASE: secret, A_TOKEN: 'default-pattern' }).jci('run');
        expect(stdout.trim()).toBe('*** ***');
        expect(stderr).toContain("'jci.notify' is ignored");
        expect((await repo.git('status', '--porcelain')).includes('stolen')).toBe(false);
      },
      { script: 'echo $PASSPHRASE $A_TOKEN' },
    ));

  test('in the name of a step stay out of the notes', () =>
    withRepo(
      async (repo) => {
        const run = await repo.at('.', { API_TOKEN: secret }).jci('run');
        expect(run.exitCode).toBe(0);
        expect(run.stdout + run.stderr).not.toContain(secret);
        const record = await repo.jci('cat', 'HEAD', 'jci.json');
        const { notes } = JSON.parse(record.stdout) as { notes: string[] };
        expect(notes).toEqual([expect.stringContaining("step 'deploy ***' failed with exit code 1")]);
        expect(await everythingStored(repo)).not.toContain(secret);
      },
      { script: 'git jci step "deploy $API_TOKEN" -- false || true' },
    ));

  test('in the name of a step whose output waits are not shown while it runs, and in an environment without them no name is', () =>
    withRepo(
      async (repo) => {
        const home = repo.env['HOME'] ?? '';
        const inShell = repo.at('.', { API_TOKEN: secret });
        const live = inShell.startJci('run');
        await waitFor(() => existsSync(join(home, 'both')), { what: 'both steps' });
        const known = await inShell.jci('show');
        expect(known.stdout).toMatch(/● first .*\n {2}● deploy \*\*\* +\d/);
        const unknown = await repo.jci('show');
        expect(unknown.stdout).toMatch(/● first .*\n {2}● \*\*\* +\d/);
        expect((await repo.jci('show', '--json')).stdout).not.toContain(secret);
        writeFileSync(join(home, 'go'), '');
        expect((await live.exit()).exitCode).toBe(0);
      },
      {
        script: [
          "git jci step first -- sh -c 'echo begun; until [ -e ~/go ]; do sleep 0.05; done' &",
          'until grep -q begun "$JCI_REPO_ROOT"/.git/jci/active/*/run.output.txt; do sleep 0.05; done',
          'git jci step "deploy $API_TOKEN" -- sh -c \'touch ~/both; until [ -e ~/go ]; do sleep 0.05; done\' &',
          'wait',
        ].join('\n'),
      },
    ));

  test('are known in commands too, where they stand escaped', () =>
    withRepo(
      async (repo) => {
        const value = 'pa%ss%:w,rd\nmore';
        const { stdout, stderr } = await repo.at('.', { API_TOKEN: value }).jci('run');
        const log = (await repo.jci('cat', 'HEAD', 'run.output.txt')).stdout;
        expect(log).toMatch(/^::group id=\w+::login \*\*\*$/m);
        expect(log).toContain('::error title=t-***::m-***');
        const record = JSON.parse((await repo.jci('cat', 'HEAD', 'jci.json')).stdout) as Record<string, unknown>;
        expect(record['steps']).toMatchObject([{ name: 'login ***' }, { name: 'half ***' }]);
        expect(record['annotations']).toMatchObject([{ title: 't-***', message: 'm-***' }]);
        const shown = (await repo.jci('show')).stdout;
        for (const text of [stdout, stderr, shown, await everythingStored(repo)]) {
          expect(text).not.toMatch(/pa(%|%25)ss\1(:|%3A)w(,|%2C)rd/);
        }
      },
      {
        script: [
          'git jci step "login $API_TOKEN" -- true',
          // In two parts, since this script is stored too.
          'echo "::error title=t-pa""%25ss%25%3Aw%2Crd%0Amore::m-pa""%25ss%25:w,rd%0Amore"',
          'echo "::group::half ${API_TOKEN//$\'\\n\'/%0A}"; echo ::endgroup::',
        ].join('\n'),
      },
    ));

  test('whose escapes are a mixture are in nothing that is shown', () =>
    withRepo(
      async (repo) => {
        const { stdout } = await repo.at('.', { API_TOKEN: 'pa%ss%word' }).jci('run');
        const record = JSON.parse((await repo.jci('cat', 'HEAD', 'jci.json')).stdout) as Record<string, unknown>;
        expect(record['steps']).toMatchObject([{ name: 'build ***' }]);
        expect(record['annotations']).toMatchObject([{ file: '***', title: '***', message: '***' }]);
        const page = await repo.jci('cat', 'HEAD', 'index.html');
        for (const shown of [stdout, page.stdout, (await repo.jci('show')).stdout, (await repo.jci('logs')).stdout, (await repo.jci('grep', 'build')).stdout]) {
          expect(shown).toContain('build ***');
          expect(shown).not.toMatch(/pa%(25)?ss/);
        }
      },
      { script: 'm=pa%25ss%word; echo "::group::build $m"; echo "::error file=$m,title=$m::$m"' },
    ));

  test('escaped in a test report leave that out, too', () =>
    withRepo(
      async (repo) => {
        const run = await repo.at('.', { API_TOKEN: 'p&ss<word"99' }).jci('run', '-q');
        expect(run.stderr).toMatch(/^warning: left out, it holds a secret .*: 'attribute.xml', 'element.xml'$/m);
        expect((await repo.jci('tests', '--failed', '--json')).stdout).toContain('expected ***');
        expect(await everythingStored(repo)).not.toMatch(/p(&|&amp;)ss/);
      },
      {
        script: [
          'text=$(printf %s "$API_TOKEN" | sed "s/&/\\&amp;/g; s/</\\&lt;/g")',
          'suite() { echo "<testsuite name=\'s\'><testcase name=\'t\' classname=\'c\'>$1</testcase></testsuite>"; }',
          'suite "<failure>expected $text</failure>" >element.xml',
          'suite "<failure message=\\"expected $(echo "$text" | sed \'s/"/\\&quot;/\')\\"/>" >attribute.xml',
        ].join('\n'),
      },
    ));

  test('encoded in an artefact leave that out, too', () =>
    withRepo(
      async (repo) => {
        const run = await repo.at('.', { API_TOKEN: 'p"ss&w/rd-ä9' }).jci('run', '-q');
        expect(run.stderr).toMatch(/^warning: left out, it holds a secret .*: 'base64', 'json', 'json-numbers', 'url', 'xml'$/m);
        const { artefacts } = JSON.parse((await repo.jci('show', '--json')).stdout) as { artefacts: { path: string }[] };
        expect(artefacts.map(({ path }) => path)).toEqual(['fine', 'index.html']);
      },
      {
        script: [
          'printf %s "user:$API_TOKEN" | base64 >base64',
          `node -e 'const t = process.env.API_TOKEN; const { writeFileSync: w } = fs; w("json", JSON.stringify({ t })); w("url", "https://x/?t=" + encodeURIComponent(t));
            w("json-numbers", [...t].map((c) => "\\\\u" + c.charCodeAt(0).toString(16).padStart(4, "0")).join(""));
            w("xml", [...t].map((c) => "&#" + c.charCodeAt(0) + ";").join("")); w("fine", t.slice(1))'`,
        ].join('\n'),
      },
    ));

  test('in the name of an artefact leave it out, and its name out of the words for it', () =>
    withRepo(
      async (repo) => {
        const run = await repo.at('.', { API_TOKEN: secret }).jci('run');
        expect(run.stderr).toMatch(/^warning: left out, it holds a secret .*: 'dump-\*\*\*\.txt', 'in-\*\*\*\/link'$/m);
        expect(run.stdout + run.stderr).not.toContain(secret);
        const { artefacts } = JSON.parse((await repo.jci('show', '--json')).stdout) as { artefacts: { path: string }[] };
        expect(artefacts.map(({ path }) => path)).toEqual(['fine', 'index.html']);
        expect((await repo.git('rev-list', '--all', '--objects')).includes(secret)).toBe(false);
        expect(await everythingStored(repo)).not.toContain(secret);
      },
      { script: 'echo hi >"dump-$API_TOKEN.txt"; mkdir "in-$API_TOKEN"; ln -s fine "in-$API_TOKEN/link"; echo fine >fine' },
    ));
});
