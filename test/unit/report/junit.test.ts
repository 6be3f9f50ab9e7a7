import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TestCase } from '../../../src/model/test-case.ts';
import { readJUnit } from '../../../src/report/junit.ts';
import { chunked, fixture, junit, outline } from './report-files.ts';

/** One case with these attributes and this content, in a suite named `s`. */
async function oneCase(attributes: string, content = ''): Promise<TestCase> {
  const xml = `<testsuites><testsuite name="s"><testcase ${attributes}>${content}</testcase></testsuite></testsuites>`;
  const { cases, problem } = await junit(xml);
  expect(problem).toBeUndefined();
  const [only, ...others] = cases;
  if (only === undefined || others.length > 0) throw new Error(`${cases.length} cases`);
  return only;
}

async function readFixture(name: string): Promise<TestCase[]> {
  const { cases, problem } = await junit(fixture(name));
  expect(problem).toBeUndefined();
  return cases;
}

describe('the reports of', () => {
  test.each([
    ['pytest', [
      'passed tests.test_price.TestTax :: test_rounding[0.5-1]',
      'failed tests.test_price.TestTax :: test_total',
      'skipped tests.test_price :: test_import',
      'error tests.test_db :: test_connect',
      'passed tests.test_db :: test_close',
    ]],
    ['jest-junit', [
      'passed cart :: cart adds an item',
      'failed cart :: cart removes an item',
      'skipped cart :: cart empties',
    ]],
    ['vitest', [
      'passed src/url.test.ts :: parse > reads a port',
      'failed src/url.test.ts :: parse > refuses a blank',
    ]],
    ['surefire', [
      'passed com.example.StoreTest :: loads',
      'error com.example.StoreTest :: saves',
      'passed com.example.StoreTest :: retries',
      'failed com.example.StoreTest :: gives up',
    ]],
    ['gotestsum', [
      'passed example.com/shop/util :: TestSum',
      'failed example.com/shop/util :: TestSplit/empty',
      'failed example.com/shop/util :: TestSplit',
      'skipped example.com/other/util :: TestSum',
    ]],
    ['gtest', [
      'passed Matrix :: Transposes',
      'failed Matrix :: Inverts',
      'skipped Matrix :: DISABLED_Slow',
      'skipped Matrix :: NeedsGpu',
    ]],
    ['nextest', ['passed shop::bin/till :: tests::opens', 'failed shop::bin/till :: tests::closes']],
    ['phpunit', [
      'passed App.Tests.MailTest :: testSend',
      'skipped App\\Tests\\MailTest :: testQueue',
      'failed App.Tests.MailTest :: testAddress with data set "no at"',
    ]],
    ['rspec', [
      'failed spec.models.user_spec :: User without a name is not valid',
      'skipped spec.models.user_spec :: User greets',
    ]],
    ['playwright', [
      'failed login.spec.ts :: login › shows an error',
      'passed login.spec.ts :: login › shows an error',
    ]],
    ['mocha', ['failed Queue :: Queue is first in, first out']],
    ['node-test', [
      'passed lexer > numbers :: reads hex',
      'passed lexer > strings :: reads hex',
      'passed  :: alone',
    ]],
    ['ctest', ['passed Linux-c++ :: codec', 'failed Linux-c++ :: crc', 'skipped Linux-c++ :: gpu']],
  ])('%s', async (name, expected) => {
    expect(outline(await readFixture(`${name}.xml`))).toEqual(expected);
  });

  test('pytest say what went wrong and what the test had written', async () => {
    const [, failed, , error, passed] = await readFixture('pytest.xml');
    expect(failed?.message).toBe('AssertionError: assert 119 == 120\n  +  where 119 = total(100)');
    expect(failed?.details).toMatch(/^def test_total\(\):\n> {7}assert[^]*AssertionError\n\n--- system-out ---\ncomputing <total>$/);
    expect(error).toMatchObject({ message: 'failed on setup with "OSError: refused"', durationMs: 300 });
    expect(passed).not.toHaveProperty('details');
  });

  test('surefire keep a note of attempts that failed before one passed, and not of those that failed again', async () => {
    const [slow, , flaky, failed] = await readFixture('surefire.xml');
    expect(slow?.durationMs).toBe(1_234_500);
    expect(flaky?.message).toBe('passed after 1 failed attempt: timed out');
    expect(flaky).not.toHaveProperty('details');
    expect(failed?.message).toBe('no answer');
    expect(failed?.details).not.toMatch(/second/);
  });

  test('gtest have places, and all failed expectations of a test', async () => {
    const [, failed] = await readFixture('gtest.xml');
    expect(failed).toMatchObject({ file: '/src/matrix_test.cc', line: 20, durationMs: 0 });
    expect(failed?.message).toBe('/src/matrix_test.cc:23\nExpected equality of these values:\n  a\n  b');
    expect(failed?.details).toContain('matrix_test.cc:24\nValue of: ok');
  });

  test('gotestsum have a message that tells more than "Failed"', async () => {
    const [, failed, parent] = await readFixture('gotestsum.xml');
    expect(failed?.message).toBe('util_test.go:17: got 1, want 0');
    expect(parent?.message).toBe('Failed');
  });

  test('phpunit and mocha take the file from the suite when the case has none', async () => {
    expect((await readFixture('phpunit.xml'))[1]?.file).toBe('/app/tests/MailTest.php');
    expect((await readFixture('mocha.xml'))[0]?.file).toBe('/app/test/queue.js');
  });

  test('rspec have colours as references to characters that XML does not have', async () => {
    expect((await readFixture('rspec.xml'))[0]?.details).toContain("`block\x1b[0m'");
  });
});

describe('status', () => {
  test.each([
    ['', 'passed'],
    ['<system-out>x</system-out>', 'passed'],
    ['<properties><property name="failure" value="1"/></properties>', 'passed'],
    ['<failure/>', 'failed'],
    ['<error/>', 'error'],
    ['<skipped/>', 'skipped'],
    ['<failure/><error/>', 'error'],
    ['<error/><failure/>', 'error'],
    ['<skipped/><failure/>', 'failed'],
    ['<flakyFailure/>', 'passed'],
    ['<flakyError/><flakyFailure/>', 'passed'],
    ['<rerunFailure/>', 'passed'],
    ['<rerunFailure><failure/></rerunFailure>', 'passed'],
    ['<failure/><rerunFailure/>', 'failed'],
    ['<x:failure xmlns:x="urn:x"/>', 'failed'],
  ])('%s is %s', async (content, status) => expect((await oneCase('name="n"', content)).status).toBe(status));

  test.each(['status="notrun"', 'status="disabled"', 'result="suppressed"', 'result="SKIPPED" status="run"'])(
    '%s is skipped',
    async (attribute) => expect((await oneCase(`name="n" ${attribute}`)).status).toBe('skipped'),
  );

  test('a failure counts whatever the attributes say', async () => {
    expect((await oneCase('name="n" status="skipped"', '<failure/>')).status).toBe('failed');
  });
});

describe('message', () => {
  test.each([
    ['<failure message="m" type="T">text</failure>', 'm'],
    ['<failure type="T">\n\n  first\nsecond</failure>', 'first'],
    ['<failure type="T">  \n </failure>', 'T'],
    ['<failure message=" " type="T"/>', 'T'],
    ['<failure/>', undefined],
    ['<failure/><error message="later"/>', 'later'],
    ['<failure message="Failed">=== RUN A\n--- FAIL: A\n\n    a_test.go:3: no</failure>', 'a_test.go:3: no'],
    ['<skipped message="why"/>', 'why'],
    ['<skipped>because</skipped>', 'because'],
    ['<flakyFailure/>', 'passed after 1 failed attempt'],
    ['<flakyFailure message="a"/><flakyError message="b"/>', 'passed after 2 failed attempts: a'],
  ])('of %j is %j', async (content, message) => expect((await oneCase('name="n"', content)).message).toBe(message));
});

describe('details', () => {
  test.each([
    ['<failure>one<![CDATA[ <two> ]]>&amp; three</failure>', 'one <two> & three'],
    ['<failure>a<b>c</b>d</failure>', 'acd'],
    ['<failure message="m">a</failure><failure message="n">b</failure>', 'a\n\nn\nb'],
    ['<failure message="m"/><failure message="n"/>', 'n'],
    ['<failure/><system-err>e\n</system-err><system-out>\n\n o</system-out>', '--- system-err ---\ne\n\n--- system-out ---\n o'],
    ['<system-out>before</system-out><failure>f</failure>', 'f\n\n--- system-out ---\nbefore'],
    ['<failure/><system-out> </system-out>', undefined],
    ['<skipped>text</skipped>', undefined],
    ['<system-out>text</system-out>', undefined],
  ])('of %j are %j', async (content, details) => expect((await oneCase('name="n"', content)).details).toBe(details));

  test('text around the elements of a case, and output of suites, are nobody\'s', async () => {
    const { cases } = await junit(
      '<testsuite name="s">a<system-out>b</system-out><testcase name="n">c<failure>d</failure>e</testcase>f</testsuite>',
    );
    expect(cases).toEqual([
      { suite: 's', name: 'n', status: 'failed', message: 'd', details: 'd', durationMs: null, report: 'r.xml' },
    ]);
  });

  test('more findings than anybody reads are not kept', async () => {
    const many = Array.from({ length: 1000 }, (_, i) => `<failure>f${i}</failure>`).join('');
    expect((await oneCase('name="n"', many)).details?.split('\n\n')).toHaveLength(20);
  });
});

describe('place and time', () => {
  test.each([
    ['file="a.js" line="7"', { file: 'a.js', line: 7 }],
    ['file="a.js" lineno="7"', { file: 'a.js', line: 7 }],
    ['file="a.js" line="x"', { file: 'a.js' }],
    ['line="0"', {}],
    ['line="-1"', {}],
    ['line="1.5"', {}],
  ])('%s', async (attributes, place) => {
    const { file, line } = await oneCase(`name="n" ${attributes}`);
    expect({ ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }) }).toEqual(place);
  });

  test('time is in seconds, with or without thousands separators, or missing', async () => {
    expect((await oneCase('name="n" time="1,000.25"')).durationMs).toBe(1_000_250);
    expect((await oneCase('name="n"')).durationMs).toBeNull();
    expect((await oneCase('name="n" time="soon"')).durationMs).toBeNull();
  });
});

describe('what is not a good report', () => {
  const start = '<testsuites>\n<testsuite name="s">\n<testcase name="a"/>\n';

  test.each([
    ['', 'no element in it', 1, 0],
    ['<html/>', 'its root element is <html>', 1, 0],
    ['hello', 'non-whitespace before first tag.', 1, 0],
    [start, 'unclosed root tag', 4, 1],
    [`${start}<testcase name="b">`, 'unclosed root tag', 4, 1],
    [`${start}<testcase name="b`, 'unclosed root tag', 4, 1],
    [`${start}</testsuites>`, 'unexpected close tag', 4, 1],
    [`${start}<testcase name=b/>`, 'unquoted attribute value', 4, 1],
    [`${start}</testsuite></testsuites>\0\0`, 'text data outside of root node.', 4, 1],
    ['<?xml version="1.0" encoding="x-klingon"?><testsuites/>', "the encoding 'x-klingon' is not known", 1, 0],
    ['<!DOCTYPE a [<!ENTITY b "c">]><testsuites/>', 'it declares entities of its own, which are never expanded', 1, 0],
  ])('%j', async (xml, reason, line, kept) => {
    const { cases, problem } = await junit(xml);
    expect(problem).toEqual({ reason, line });
    expect(cases).toHaveLength(kept);
  });

  test('a file that cannot be read on keeps what was read', async () => {
    const cases: TestCase[] = [];
    async function* broken() {
      yield await Promise.resolve(Buffer.from(`${start}${' '.repeat(20_000)}`));
      throw new Error('EIO: i/o error');
    }
    expect(await readJUnit(broken(), 'r.xml', (found) => cases.push(found))).toMatchObject({ reason: 'EIO: i/o error' });
    expect(cases).toHaveLength(1);
  });

  test('a bare & and references to no character do not end the reading', async () => {
    const { cases, problem } = await junit(
      '<testsuite><testcase name="a & b &#0; &nbsp; &unknown; &#xFFFF;"/><testcase name="c"/></testsuite>',
    );
    expect(problem).toBeUndefined();
    expect(cases.map(({ name }) => name)).toEqual(['a & b \0 \u00a0 &unknown; &#xFFFF;', 'c']);
  });

  test('a bare & that would swallow markup does', async () => {
    expect((await junit('<testsuite><testcase name="a &"/></testsuite>')).problem?.reason).toBe(
      'invalid character in entity name',
    );
  });
});

describe('encodings', () => {
  const text = '<?xml version="1.0" encoding="ENC"?><testsuite name="s"><testcase name="größe"/></testsuite>';
  const little = Buffer.from(`\ufeff${text.replace('ENC', 'UTF-16')}`, 'utf16le');

  test.each([
    ['UTF-8', Buffer.from(text.replace('ENC', 'UTF-8'))],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text.replace('ENC', 'UTF-8')}`)],
    ['ISO-8859-1', Buffer.from(text.replace('ENC', 'ISO-8859-1'), 'latin1')],
    ['UTF-16 LE', little],
    ['UTF-16 BE', Buffer.from(little).swap16()],
    ['UTF-16 without a mark', little.subarray(2)],
    ['UTF-8 that says it is UTF-16', Buffer.from(text.replace('ENC', 'utf-16'))],
  ])('%s', async (_, bytes) => {
    const { cases, problem } = await junit(bytes);
    expect(problem).toBeUndefined();
    expect(outline(cases)).toEqual(['passed s :: größe']);
  });
});

describe('chunk borders', () => {
  const names = ['pytest', 'surefire', 'gtest', 'phpunit', 'rspec', 'playwright'].map((name) => `${name}.xml`);
  const lengths = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 4 });

  test('do not matter for any report', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), lengths, async (name, sizes) => {
        const cases: TestCase[] = [];
        await readJUnit(chunked(fixture(name), sizes), 'r.xml', (found) => cases.push(found));
        expect(cases).toEqual((await junit(fixture(name))).cases);
      }),
      { numRuns: 60 },
    );
  });

  test('do not matter for a report cut anywhere, nor for its problem', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), lengths, fc.nat(4000), async (name, sizes, end) => {
        const cases: TestCase[] = [];
        const cut = fixture(name).subarray(0, end);
        const problem = await readJUnit(chunked(cut, sizes), 'r.xml', (found) => cases.push(found));
        expect({ cases, problem }).toEqual(await junit(cut));
      }),
      { numRuns: 60 },
    );
  });
});

test('any text comes back as it was written', async () => {
  const escape = (text: string): string =>
    text.replace(/[&<>"'\n\t\r]/g, (character) => `&#${character.charCodeAt(0)};`);
  const texts = fc.string({ unit: 'binary', minLength: 1, maxLength: 50 }).filter((text) => !/[\ud800-\udfff\ufeff\uffff]/.test(text));
  await fc.assert(
    fc.asyncProperty(texts, texts, async (name, message) => {
      const found = await oneCase(`name="${escape(name)}"`, `<failure message="a${escape(message)}"/>`);
      expect(found.name).toBe(name);
      expect(found.message).toBe(`a${message}`.trim());
    }),
  );
});
