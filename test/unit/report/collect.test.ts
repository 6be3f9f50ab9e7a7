import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collectTests } from '../../../src/report/collect.ts';
import type { ReportFile } from '../../../src/report/report.ts';
import { collect, fixture, outline, reportFile } from './report-files.ts';

const xml = (...names: string[]): string =>
  `<testsuites><testsuite name="s">${names.map((name) => `<testcase name="${name}"/>`).join('')}</testsuite></testsuites>`;

test('reads the reports among the files, in the order of their paths', async () => {
  const { tests, notes } = await collect({
    'b.xml': xml('x'),
    'a/unit.tap': '1..2\nok 1 - x\nnot ok 2 - y\n',
    'coverage.xml': '<coverage/>',
    'readme.md': xml('no'),
    'empty.xml': '',
    'notes.tap': 'to do: beer\n',
    'a.xml': xml('x'),
  });
  expect(notes).toEqual([]);
  expect(outline(tests?.cases ?? [])).toEqual(['passed s :: x', 'passed a/unit :: x', 'failed a/unit :: y', 'passed s :: x #2']);
  expect(tests?.cases.map(({ report }) => report)).toEqual(['a.xml', 'a/unit.tap', 'a/unit.tap', 'b.xml']);
  expect(tests?.totals).toEqual({ passed: 3, failed: 1, skipped: 0, durationMs: 0 });
});

test('the order in which files are given does not matter', async () => {
  const files = ['pytest.xml', 'playwright.xml', 'tape.tap', 'bats.tap'].map((name) => reportFile(name, fixture(name)));
  const options = { redact: (text: string) => text };
  expect(await collectTests([...files].reverse(), options)).toEqual(await collectTests(files, options));
});

test('nothing to say', async () => {
  expect(await collect({})).toEqual({ tests: undefined, notes: [] });
  expect(await collect({ 'a.xml': '<testsuites/>', 'b.tap': '1..0\n' })).toEqual({ tests: undefined, notes: [] });
});

test('files whose names say that they are no reports are not opened', async () => {
  const file: ReportFile = {
    path: 'core.dump',
    size: 1,
    open: () => {
      throw new Error('opened');
    },
  };
  expect((await collectTests([file], { redact: (text) => text })).notes).toEqual([]);
});

describe('notes', () => {
  test('a report that is cut short keeps its cases', async () => {
    const { tests, notes } = await collect({ 'reports/junit.xml': xml('a', 'b').replace(/<\/testsuite>.*/, '\n\n'), 'z.xml': xml('c') });
    expect(notes).toEqual(['reports/junit.xml: not read as a test report: unclosed root tag, line 3; the 2 cases before that count']);
    expect(outline(tests?.cases ?? [])).toEqual(['passed s :: a', 'passed s :: b', 'passed s :: c']);
  });

  test('one case, and none', async () => {
    const { notes } = await collect({ 'a.xml': '<testsuite><testcase/><x', 'b.xml': '<testsuite><x' });
    expect(notes).toEqual([
      'a.xml: not read as a test report: unclosed root tag, line 1; the case before that counts',
      'b.xml: not read as a test report: unclosed root tag, line 1',
    ]);
  });

  test('a report that is too large is not read, whether its size tells or not', async () => {
    const big = { ...reportFile('a.xml', xml('a')), size: 300 * 1024 ** 2 };
    const grown = reportFile('b.xml', `${xml('a')}${'\n'.repeat(1000)}`, [100]);
    const { notes } = await collectTests([big, { ...grown, size: 10 }], { redact: (text) => text, limits: { reportBytes: 1000 } });
    expect(notes).toEqual([
      'a.xml: not read as a test report: too large: more than 1000 B',
      'b.xml: not read as a test report: too large: more than 1000 B, line 1',
    ]);
    expect((await collectTests([{ ...big, size: 256 * 1024 ** 2 + 1 }], { redact: (text) => text })).notes).toEqual([
      'a.xml: not read as a test report: too large: more than 256.0 MiB',
    ]);
  });

  test('a large file that is no report is nobody\'s business', async () => {
    const other = { ...reportFile('a.xml', '<coverage/>'), size: 300 * 1024 ** 2 };
    expect(await collectTests([other], { redact: (text) => text })).toEqual({ tests: undefined, notes: [] });
  });

  test('a file that cannot be opened', async () => {
    const gone: ReportFile = {
      path: 'a.xml',
      size: 1,
      open: () => {
        throw new Error('ENOENT: no such file');
      },
    };
    expect((await collectTests([gone], { redact: (text) => text })).notes).toEqual([
      'a.xml: not read as a test report: ENOENT: no such file',
    ]);
  });

  test('paths and reasons are redacted and stay on one line', async () => {
    const { notes } = await collect({ 'se\ncret.xml': '<testsuite' + ' ' }, { redact: (text) => text.replaceAll('cret', '***') });
    expect(notes).toEqual(['se ***.xml: not read as a test report: unexpected end, line 1']);
  });

  test('limits that were reached', async () => {
    const failed = '<testcase name="f"><failure>details\nof it</failure></testcase>';
    const { tests, notes } = await collect(
      { 'a.xml': `<testsuite>${failed.repeat(5)}</testsuite>` },
      { limits: { cases: 3, text: 10 } },
    );
    expect(tests).toMatchObject({ omitted: 2, totals: { failed: 5 } });
    expect(tests?.cases).toHaveLength(3);
    expect(notes).toEqual([
      '2 test cases are counted but not listed: there are 3 already',
      '2 failed tests are listed without details: those of the others are 10 B already',
    ]);
  });

  test.each([
    ['a.xml', `<testsuite>${'<testcase name="a"/>'.repeat(10)}</testsuite>`],
    ['a.tap', `TAP version 14\n${'ok - a\n'.repeat(10)}1..10\n`],
  ])('more cases than are read: %s is given up there, and the others are not begun', async (path, report) => {
    const files = { [path]: report, 'b.xml': xml('b') };
    const { tests, notes } = await collect(files, { limits: { read: 4 } });
    expect(tests).toMatchObject({ totals: { passed: 4 } });
    expect(notes).toEqual([
      expect.stringMatching(new RegExp(`^${path}: not read as a test report: too large: more than 4 test cases, line \\d+; the 4 cases before that count$`)),
      'b.xml: not read as a test report: too large: more than 4 test cases, line 1',
    ]);
  });

  test('longer names than are kept: the rest is counted', async () => {
    const cases = Array.from({ length: 10 }, (_, n) => `<testcase name="${String(n).repeat(100)}"/>`).join('');
    const { tests, notes } = await collect({ 'a.xml': `<testsuite>${cases}</testsuite>` }, { limits: { names: 250 } });
    expect(tests).toMatchObject({ omitted: 7, totals: { passed: 10 } });
    expect(notes).toEqual(['7 test cases are counted but not listed: there are 3 already']);
  });

  test('TAP diagnostics beyond them are passed over, but not the time and a short reason', async () => {
    const failed = (n: number): string => `not ok ${n} - t${n}\n  ---\n  duration_ms: ${n}\n  error: 'why ${n}'\n  stack: |-\n    at a\n  ...\n`;
    const { tests } = await collect({ 'a.tap': `TAP version 14\n${failed(1)}${failed(2)}${failed(3)}1..3\n` }, { limits: { text: 10 } });
    expect(tests?.totals).toMatchObject({ failed: 3, durationMs: 6 });
    expect(tests?.cases.map(({ message }) => message)).toEqual(['why 1', 'why 2', 'why 3']);
    expect(tests?.cases.map(({ details }) => details?.includes('at a') ?? false)).toEqual([true, false, false]);
  });
});

describe('hostile input', () => {
  const start = '<testsuites><testsuite name="s"><testcase name="a"/>';

  test.each([
    ['an entity bomb', '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><testsuites>&c;</testsuites>', []],
    ['one after the root', `${start}<!DOCTYPE a [<!ENTITY b "bb">]></testsuite></testsuites>`, ['a']],
    ['NUL bytes', `${start}\0\0<testcase name="b\0"/></testsuite></testsuites>`, ['a', 'b']],
    ['NUL in markup', `${start}<\0></testsuite></testsuites>`, ['a']],
    ['deep nesting', `${start}${'<testsuite>'.repeat(100_000)}`, ['a']],
    ['an element without an end', `${start}<${'x'.repeat(300_000)}`, ['a']],
    ['an attribute without an end', `${start}<testcase name="${'x'.repeat(300_000)}`, ['a']],
    ['a text without an end', `${start}<testcase name="b"><failure>${'x'.repeat(300_000)}`, ['a']],
    ['terminal codes', `${start}<testcase name="b&#27;[2J&#x9b;1m"/></testsuite></testsuites>`, ['a', 'b']],
  ])('%s', async (_, text, names) => {
    const { tests } = await collect({ 'a.xml': text });
    expect((tests?.cases ?? []).map(({ name }) => name)).toEqual(names);
  });

  test('a suite name of nested suites stays short', async () => {
    const deep = `<testsuite name="${'x'.repeat(60_000)}-">`.repeat(90);
    const { tests } = await collect({ 'a.xml': `${deep}<testcase name="a"/>${'</testsuite>'.repeat(90)}` });
    expect(tests?.cases[0]?.suite).toHaveLength(1000);
  });

  test('reports with bytes changed at random never throw', async () => {
    const names = fc.constantFrom('pytest.xml', 'gtest.xml', 'phpunit.xml', 'node-test.tap', 'buffered.tap');
    const changes = fc.array(fc.tuple(fc.nat(3000), fc.integer({ min: 0, max: 255 })), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(names, changes, async (name, edits) => {
        const bytes = Buffer.from(fixture(name));
        for (const [at, value] of edits) bytes[at % bytes.length] = value;
        const { tests, notes } = await collect({ [name]: bytes });
        for (const note of notes) expect(note).toMatch(/^[\w.-]+: not read as a test report: [^\n]+$/);
        for (const found of tests?.cases ?? []) expect(found.name).not.toMatch(/[\0-\x1f]/);
      }),
      { numRuns: 150 },
    );
  });
});
