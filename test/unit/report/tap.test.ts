import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TestCase } from '../../../src/model/test-case.ts';
import { readTap } from '../../../src/report/tap.ts';
import { chunked, fixture, outline, tap } from './report-files.ts';

const statuses = (cases: readonly TestCase[]): string[] => cases.map(({ status, name }) => `${status} ${name}`);

async function lines(...text: string[]): Promise<TestCase[]> {
  const { cases, problem } = await tap(`${text.join('\n')}\n`);
  expect(problem).toBeUndefined();
  return cases;
}

/** The first case of a plan of one. */
async function one(...text: string[]): Promise<TestCase | undefined> {
  return (await lines('1..1', ...text))[0];
}

describe('the reports of', () => {
  test.each([
    ['node-test', ['passed lexer > reads hex', 'failed lexer > reads octal', 'passed later', 'skipped elsewhere']],
    ['tape', ['passed should be strictly equal', 'failed should be strictly equal', 'passed should be strictly equal']],
    ['perl', ['passed use Shop;', 'passed prices > net', 'skipped prices > gross', 'failed opens the till', 'skipped test 4']],
    ['bats', ['passed lists files', 'failed removes files', 'skipped asks first']],
    ['buffered', ['passed outer > first', 'failed outer > second', 'passed outer']],
  ])('%s', async (name, expected) => {
    const { cases, problem } = await tap(fixture(`${name}.tap`));
    expect(problem).toBeUndefined();
    expect(statuses(cases)).toEqual(expected);
  });

  test('node:test have the place, the message and all diagnostics', async () => {
    const [passed, failed] = (await tap(fixture('node-test.tap'))).cases;
    expect(passed).toEqual({ suite: 'r', name: 'lexer > reads hex', status: 'passed', durationMs: 0.451, report: 'r.tap' });
    expect(failed).toMatchObject({
      durationMs: 1.25,
      file: '/app/lexer.test.js',
      line: 9,
      message: 'Expected values to be strictly equal:\n\n8 !== 10',
    });
    expect(failed?.details).toContain('operator: strictEqual\nstack:\n  TestContext.<anonymous> (/app/lexer.test.js:10:10)\n');
  });

  test('tape say what was expected and where', async () => {
    expect((await tap(fixture('tape.tap'))).cases[1]).toMatchObject({ message: 'expected 5, got 4', file: '/app/test/add.js', line: 6 });
  });

  test('Perl and bats tell in comments', async () => {
    expect((await tap(fixture('perl.tap'))).cases[3]?.details).toBe(
      "  Failed test 'opens the till'\n  at t/till.t line 12.\n         got: 'shut'\n    expected: 'open'\n",
    );
    expect((await tap(fixture('bats.tap'))).cases[1]).toMatchObject({
      message: '(in test file test/rm.bats, line 9)',
      durationMs: 2000,
    });
  });
});

describe('a test', () => {
  test.each([
    ['ok 1 - a', 'passed a'],
    ['ok 1 a', 'passed a'],
    ['ok', 'passed test 1'],
    ['ok 1', 'passed test 1'],
    ['not ok 1 - a', 'failed a'],
    ['ok 1 - a # SKIP', 'skipped a'],
    ['not ok 1 - a # skip no', 'skipped a'],
    ['not ok 1 - a # TODO later', 'skipped a'],
    ['ok 1 - a # TODO later', 'passed a'],
    ['ok 1 - a \\# b', 'passed a # b'],
    ['ok 1 - a # time=12ms', 'passed a'],
  ])('%s', async (line, expected) => {
    expect(statuses(await lines('1..1', line))).toEqual([expected]);
  });

  test.each([
    ['ok 1 - a # SKIP not here', 'not here'],
    ['ok 1 - a # SKIP', undefined],
    ['not ok 1 - a # TODO soon', 'todo: soon'],
    ['not ok 1 - a # TODO', 'todo'],
  ])('%s has message %j', async (line, message) => expect((await one(line))?.message).toBe(message));

  test('has its time from the line, the diagnostics or the name', async () => {
    expect((await one('ok 1 - a # time=12.5ms'))?.durationMs).toBe(12.5);
    expect((await one('ok 1 - a', '  ---', '  duration_ms: 3', '  ...'))?.durationMs).toBe(3);
    expect(await one('ok 1 a in 3sec')).toMatchObject({ name: 'a', durationMs: 3000 });
    expect((await one('ok 1 - a'))?.durationMs).toBeNull();
    expect((await one('ok 1 - a', '  ---', '  duration_ms: -3', '  ...'))?.durationMs).toBeNull();
  });

  test('has no details when it passed', async () => {
    const passed = await one('ok 1 - a', '  ---', '  message: fine', '  at: {file: a.js, line: 3}', '  ...', '# comment');
    expect(passed).toEqual({ suite: 'r', name: 'a', status: 'passed', durationMs: null, file: 'a.js', line: 3, report: 'r.tap' });
  });
});

describe('diagnostics', () => {
  test('that are no YAML are nothing', async () => {
    expect(await one('not ok 1 - a', '  ---', '  a: [', '  ...')).not.toHaveProperty('details');
  });

  test.each([
    ['text only', ['some text'], 'some text'],
    ['values of all kinds', ['a: 1', 'b: true', 'c: null', 'd: [1, {e: 2}]'], 'a: 1\nb: true\nd: [ 1, { e: 2 } ]'],
    ['tags of JavaScript', ['a: !re /x/', 'b: !symbol y'], 'a: /x/\nb: Symbol(y)'],
    ['a cycle', ['a: &x [1, *x]'], 'a: <ref *1> [ 1, [Circular *1] ]'],
    ['a prototype', ['__proto__: {polluted: 1}'], "__proto__: { polluted: 1 }"],
  ])('%s', async (_, yaml, details) => {
    const failed = await one('not ok 1 - a', '  ---', ...yaml.map((line) => `  ${line}`), '  ...');
    expect(failed?.details ?? failed?.message).toBe(details);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('with aliases that multiply do no harm', async () => {
    const level = (name: string, of: string) => `  ${name}: &${name} [${Array(9).fill(`*${of}`).join(', ')}]`;
    const names = 'abcdefghijkl'.split('');
    const bomb = ['  a: &a [x]', ...names.slice(1).map((name, i) => level(name, names[i] ?? 'a'))];
    const failed = await one('not ok 1 - t', '  ---', ...bomb, '  ...');
    expect(failed?.status).toBe('failed');
    expect(failed?.details ?? '').toHaveLength(0);
  });

  test('that never end belong to their test, up to a limit', async () => {
    const cases = await lines('1..2', 'not ok 1 - a', '  ---', ...Array<string>(20_000).fill('  - line of text'), 'ok 2 - b');
    expect(statuses(cases)).toEqual(['failed a', 'passed b']);
  });

  test.each([
    ["at: 'f (a.js:3:4)'", { file: 'a.js', line: 3 }],
    ["at: 'f (file:///x/a.js:3:4)'", { file: '/x/a.js', line: 3 }],
    ['location: C:\\x\\a.js:3:4', { file: 'C:\\x\\a.js', line: 3 }],
    ['at: {fileName: a.js, lineNumber: 3}', { file: 'a.js', line: 3 }],
    ['{file: a.t, line: 3}', { file: 'a.t', line: 3 }],
    ['{file: a.t, line: x}', { file: 'a.t' }],
    ['at: nowhere', {}],
    ['line: 3', {}],
  ])('place from %s', async (yaml, place) => {
    const { file, line } = (await one('not ok 1 - a', '  ---', `  ${yaml}`, '  ...')) ?? {};
    expect({ ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }) }).toEqual(place);
  });
});

describe('what is wrong with the stream is a case of its own', () => {
  test('bail out, at any depth', async () => {
    const cases = await lines('1..3', 'ok 1 - a', 'Bail out! no disk', 'ok 2 - b');
    expect(statuses(cases)).toEqual(['passed a', 'error Bail out!']);
    expect(cases[1]?.message).toBe('no disk');
    expect(statuses(await lines('1..1', '# Subtest: a', '    1..2', '    ok 1 - b', '    Bail out!', 'ok 1 - a'))).toEqual([
      'passed a > b',
      'error Bail out!',
    ]);
  });

  test.each([
    [['1..3', 'ok 1 - a'], '3 tests were planned (1..3), 1 ran'],
    [['1..1', 'ok 1 - a', 'not ok 2 - b'], '1 tests were planned (1..1), 2 ran'],
    [['1..2', 'not ok 1 - a'], '2 tests were planned (1..2), 1 ran'],
    [['ok 1 - a', '1..2'], '2 tests were planned (1..2), 1 ran'],
    [['1..2'], '2 tests were planned (1..2), 0 ran'],
    [['ok 1 - a'], 'the report has no plan (1..N): it may have been cut short'],
  ])('plan of %j', async (text, message) => {
    const last = (await lines(...text)).at(-1);
    expect(last).toMatchObject({ name: 'plan', status: 'error', message });
  });

  test.each([[['1..0 # SKIP no database']], [['TAP version 13']], [['TAP version 14', '1..0']]])(
    'nothing is wrong with %j',
    async (text) => expect(await lines(...text)).toEqual([]),
  );

  test('the plan of a subtest', async () => {
    const cases = await lines('# Subtest: a', '    ok 1 - b', '    1..3', 'not ok 1 - a', '1..1');
    expect(statuses(cases)).toEqual(['passed a > b', 'error a > plan']);
  });
});

describe('robustness', () => {
  test('several streams in one file are all read', async () => {
    const stream = ['TAP version 13', 'ok 1 - a', '1..1'];
    expect(statuses(await lines(...stream, ...stream))).toEqual(['passed a', 'passed a']);
  });

  test('output between the tests is no test and no diagnostics', async () => {
    const cases = await lines('npm noise', '1..2', 'okay', 'not ok 1 - a', 'stray output', '    indented', 'ok 2 - b', '{"ok": 1}');
    expect(statuses(cases)).toEqual(['failed a', 'passed b']);
    expect(cases[0]).not.toHaveProperty('details');
  });

  test('line ends of Windows, and UTF-16', async () => {
    const text = '1..2\r\nok 1 - ä\r\nnot ok 2 - b\r\n  ---\r\n  message: m\r\n  ...\r\n';
    const expected = ['passed ä', 'failed b'];
    expect(statuses((await tap(text)).cases)).toEqual(expected);
    expect(statuses((await tap(Buffer.from(`\ufeff${text}`, 'utf16le'))).cases)).toEqual(expected);
  });

  test('the suite is the path without .tap', async () => {
    const cases: TestCase[] = [];
    await readTap(chunked(Buffer.from('1..1\nok 1 - a\n'), [5]), 'reports/unit.TAP', (found) => cases.push(found));
    expect(outline(cases)).toEqual(['passed reports/unit :: a']);
    expect(cases[0]?.report).toBe('reports/unit.TAP');
  });

  test('subtests deeper than anybody writes are left out', async () => {
    const deep = `${'    '.repeat(5000)}ok 1 - deep`;
    expect(statuses(await lines('1..1', deep, 'ok 1 - a'))).toEqual(['passed a']);
  });

  test('a line without an end, and one of NULs', async () => {
    const cases = await lines('1..2', `ok 1 - ${'x'.repeat(300_000)}`, '\0'.repeat(1000), 'ok 2 - b');
    expect(cases.map(({ name }) => name.length)).toEqual([65_536 - 7, 1]);
  });

  test('a file that cannot be read on', async () => {
    async function* broken() {
      yield await Promise.resolve(Buffer.from(`1..2\nok 1 - a\nok 2 - b\n${'#\n'.repeat(9000)}`));
      throw new Error('EIO');
    }
    const cases: TestCase[] = [];
    expect(await readTap(broken(), 'r.tap', (found) => cases.push(found))).toMatchObject({ reason: 'EIO' });
    expect(statuses(cases)).toEqual(['passed a']);
  });

  test('chunk borders do not matter', async () => {
    const names = ['node-test', 'tape', 'perl', 'bats', 'buffered'];
    const lengths = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), lengths, fc.nat(2000), async (name, sizes, end) => {
        const bytes = fixture(`${name}.tap`).subarray(0, end);
        const cases: TestCase[] = [];
        const problem = await readTap(chunked(bytes, sizes), 'r.tap', (found) => cases.push(found));
        expect({ cases, problem }).toEqual(await tap(bytes));
      }),
      { numRuns: 60 },
    );
  });

  test('any lines are read without a problem', async () => {
    const line = fc.oneof(
      fc.constantFrom('ok', 'not ok 2 - x', 'ok 1 - a {', '}', '    ok 1', '1..3', '    1..1', '# Subtest: s', '    # Subtest: t', '  ---', '  ...', '  a: b', 'Bail out!', 'TAP version 14', 'pragma +strict', '        ok'),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), async (text) => {
        const { cases, problem } = await tap(text.join('\n'));
        expect(problem).toBeUndefined();
        expect(cases.every(({ name }) => name !== '')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
