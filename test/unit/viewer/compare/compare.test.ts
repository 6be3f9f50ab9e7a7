import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../../../../src/api/check.ts';
import { comparison, logComparison } from '../../../../src/api/compare.ts';
import { logLines } from '../../../../src/api/log.ts';
import { createHunkReader } from '../../../../src/viewer/compare/hunks.ts';
import { withRepo } from '../../../helpers/repo.ts';
import { withViewer } from '../open-viewer.ts';
import { storeLogs } from '../stored-log.ts';
import { reportingScript, runWithTests } from '../trends/runs-with-tests.ts';

test('two runs: tests, steps, files and logs', () =>
  withRepo(
    async (repo) => {
      const log = (text: string): void => writeFileSync(join(repo.root, 'log'), text);
      log('same\n::error::same too\nat 12:00:01 done in 3ms\nold\n\n--- text\ntail\n');
      const a = await runWithTests(repo, [['t', 0.1], ['gone', 0.1]]);
      log('same\n::error::same too\nat 13:00:09 done in 99ms\n\x1b[31mnew\x1b[0m\n++ more\n\n--- text\ntail\n');
      const b = await runWithTests(repo, [['t', 0.1, 'broke']]);
      const head = await repo.git('rev-parse', 'HEAD');
      await withViewer(repo, async (viewer) => {
        const pair = `a=${head}/${a}&b=${head}/${b}`;
        const found = check(comparison, await viewer.json(`/api/compare?${pair}`));
        expect([found.a.runId, found.b.runId]).toEqual([a, b]);
        expect(found.tests.broken).toMatchObject({ total: 1, tests: [{ name: 't' }] });
        expect(found.tests.removed).toMatchObject({ total: 1, tests: [{ name: 'gone' }] });
        expect(found.steps.map(({ name }) => name)).toEqual(['build']);
        expect(found.artefacts.changed.map(({ path }) => path)).toEqual(['report.xml']);

        const logs = check(logComparison, await viewer.json(`/api/compare/log?${pair}`));
        const lines = logs.hunks.flatMap((hunk) => hunk.lines);
        expect(lines.filter(({ kind }) => kind === 'removed').map(({ text }) => text)).toContain('old');
        expect(lines.filter(({ kind }) => kind === 'added').map(({ text }) => text)).toEqual(expect.arrayContaining(['new', '++ more']));
        expect(lines).toContainEqual({ kind: 'same', text: 'at 13:00:09 done in 99ms' });
        expect(logs.cut).toBe(false);
        expect(check(logComparison, await viewer.json(`/api/compare/log?a=${head}/${a}&b=${head}/${a}`))).toEqual({ hunks: [], added: 0, removed: 0, cut: false });
        expect(readdirSync(repo.env['TMPDIR'] ?? '/tmp').filter((name) => name.startsWith('git-jci-compare-'))).toEqual([]);

        const left = new Request(`http://localhost/api/compare/log?${pair}`, { headers: { host: 'localhost' }, signal: AbortSignal.abort() });
        expect((await viewer.fetch(left)).status).toBe(503);
        expect((await viewer.get(`/api/compare?a=${head}/${a}&b=${head}/1700000000-0000`)).status).toBe(404);
        expect((await viewer.get(`/api/compare?a=${head}/${a}`)).status).toBe(400);
      });
    },
    { script: `${reportingScript}cat "$JCI_REPO_ROOT/../log"\n` },
  ));

test('a changed file is told by the bytes of its path', () =>
  withRepo(
    async (repo) => {
      for (const text of ['one', 'two']) {
        writeFileSync(join(repo.root, 'text'), text);
        await repo.jci('run', '-q');
      }
      const [a = '', b = ''] = (await repo.refs()).map((ref) => ref.slice('refs/jci-runs/'.length));
      await withViewer(repo, async (viewer) => {
        const { artefacts } = check(comparison, await viewer.json(`/api/compare?a=${a}&b=${b}`));
        expect(artefacts.changed.map(({ path, href }) => [path, href])).toEqual([
          ['f\ufffd.txt', 'f%FE.txt'],
          ['f\ufffd.txt', 'f%FF.txt'],
        ]);
        const { changed: [first] } = artefacts;
        expect(await (await viewer.get(`/jci/${b}/${first?.href}/raw`)).text()).toBe('two');
      });
    },
    { script: "cp \"$JCI_REPO_ROOT/../text\" \"$(printf 'f\\376.txt')\"; cp \"$JCI_REPO_ROOT/../text\" \"$(printf 'f\\377.txt')\"\n" },
  ));

test('hunks are read by their numbers, and cut', () => {
  const text = ['diff --git a b', '--- a', '+++ b', '@@ -0,0 +1,2 @@', '+one', '+@@ -1 +1 @@', '@@ -5,2 +7,3 @@ x', ' five', '--- six', '+++ seven', '+eight', '\\ No newline at end of file'];
  const all = createHunkReader(100);
  for (const line of text) all.take(line);
  expect(all.result()).toEqual({
    hunks: [
      { before: 1, after: 1, lines: [{ kind: 'added', number: 1 }, { kind: 'added', number: 2 }] },
      { before: 5, after: 7, lines: [{ kind: 'same', number: 7 }, { kind: 'removed', number: 6 }, { kind: 'added', number: 8 }, { kind: 'added', number: 9 }] },
    ],
    added: 4,
    removed: 1,
    cut: false,
  });
  const few = createHunkReader(2);
  for (const line of text) few.take(line);
  expect(few.result()).toMatchObject({ hunks: [{ lines: [{}, {}] }], added: 4, removed: 1, cut: true });
});

test('lines have the numbers that they have in the log, however much of it is not compared', () =>
  withRepo(async (repo) => {
    const line = `${'x'.repeat(1023)}\n`;
    const count = 66 * 1024;
    const [b, a] = await storeLogs(repo, [`${line.repeat(count - 4)}new\n${line.repeat(3)}`, `first\n${line.repeat(count - 4)}old\n${line.repeat(3)}`]);
    await withViewer(repo, async (viewer) => {
      const keyOf = (run: typeof a): string => `${run?.commit ?? ''}/${run?.runId ?? ''}`;
      const logs = check(logComparison, await viewer.json(`/api/compare/log?a=${keyOf(a)}&b=${keyOf(b)}`));
      expect(logs.cut).toBe(true);
      const [hunk] = logs.hunks;
      expect([hunk?.before, hunk?.after, hunk?.lines.findIndex(({ text }) => text === 'old')]).toEqual([count - 5, count - 6, 3]);
      expect(hunk?.lines[4]).toEqual({ kind: 'added', text: 'new' });
    });
  }));

test('lines are told as the page of the log has them', () =>
  withRepo(async (repo) => {
    const odd = ['Downloading...\rok', 'abc\b\bX', 'half\x1b[1K done', '\x1b]0;title\x07\x1b[31mred\x1b[0m', '::warning file=a,line=1::careful', '\tb\x01c\x9f\u202ed', 'ends\r', '10%\r\x1b[K20%\r\x1b[Kdone'];
    const [b, a] = await storeLogs(repo, [`${odd.join('\n')}\nnew\n`, 'old\n']);
    await withViewer(repo, async (viewer) => {
      const keyOf = (run: typeof a): string => `${run?.commit ?? ''}/${run?.runId ?? ''}`;
      const { hunks } = check(logComparison, await viewer.json(`/api/compare/log?a=${keyOf(a)}&b=${keyOf(b)}`));
      const { lines } = check(logLines, await viewer.json(`${b?.log ?? ''}/lines`));
      const added = hunks.flatMap((hunk) => hunk.lines).flatMap(({ kind, text }) => (kind === 'added' ? [text] : []));
      expect(added).toEqual(lines.map(({ text }) => text.replace(/\x1b\[[\d;]*m/g, '')));
      expect(added[0]).toBe('okwnloading...');
    });
  }));

test('very long lines that begin alike differ by their length', () =>
  withRepo(async (repo) => {
    const [c, b, a] = await storeLogs(repo, [30_000, 20_000, 20_000].map((length) => `${'x'.repeat(length)}\n`));
    await withViewer(repo, async (viewer) => {
      const keyOf = (run: typeof a): string => `${run?.commit ?? ''}/${run?.runId ?? ''}`;
      const compared = async (before: typeof a, after: typeof a) => check(logComparison, await viewer.json(`/api/compare/log?a=${keyOf(before)}&b=${keyOf(after)}`));
      expect(await compared(a, b)).toMatchObject({ added: 0, removed: 0 });
      expect(await compared(b, c)).toMatchObject({ added: 1, removed: 1 });
    });
  }));
