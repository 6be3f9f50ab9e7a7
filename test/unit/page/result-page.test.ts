import fc from 'fast-check';
import sax from 'sax';
import { describe, expect, test } from 'vitest';
import { outcomes } from '../../../src/model/outcome.ts';
import type { RunRecord } from '../../../src/model/record.ts';
import type { TestCase } from '../../../src/model/test-case.ts';
import { resultPage, type PageParts } from '../../../src/page/result-page.ts';

const record: RunRecord = {
  version: 1,
  runId: '1763700000-ab12',
  commit: '8017b279a2f0c4b0a9b5dfc1b7a1c7a6a0c51e22',
  tree: '1'.repeat(40),
  script: '2'.repeat(40),
  branch: 'main',
  trigger: 'manual',
  dirty: false,
  clean: true,
  shared: [],
  status: 'ok',
  outcome: 'passed',
  exitCode: 0,
  signal: null,
  startedAt: '2025-11-21T04:34:10.123Z',
  finishedAt: '2025-11-21T04:34:52.623Z',
  durationMs: 42_500,
  host: 'workstation',
  user: 'ada',
  platform: 'linux-x64',
  gitVersion: '2.39.5',
  jciVersion: '0.1.0',
  steps: [],
  annotations: [],
  notes: [],
};

const trivial: PageParts = { record, steps: [], artefacts: [], logTail: 'hello\n', logBytes: 6 };

/** Parses strictly: every tag is closed in its place, every attribute quoted. */
function parse(page: string): { elements: sax.Tag[]; text: string } {
  const parser = sax.parser(true);
  const elements: sax.Tag[] = [];
  let text = '';
  parser.onopentag = (tag) => elements.push(tag as sax.Tag);
  parser.ontext = (piece) => (text += piece);
  parser.onerror = (error) => {
    throw error;
  };
  parser.write(page).close();
  return { elements, text };
}

const testCase = (test: Partial<TestCase>): TestCase => ({ suite: '', name: 'a test', status: 'passed', durationMs: 1, report: 'junit.xml', ...test });

describe('the page of a run', () => {
  test('a trivial run makes a small page that says how it went', () => {
    const page = resultPage(trivial);
    expect(Buffer.byteLength(page)).toBeLessThan(5000);
    const { text } = parse(page);
    for (const fact of ['Passed', '8017b279a2f0', 'main', '42.5 s', '2025-11-21 04:34:10 UTC', 'manual', 'ada@workstation', 'hello']) {
      expect(text).toContain(fact);
    }
    expect(text).not.toMatch(/Tests|Steps|Artefacts|Annotations|dirty/);
  });

  test.each(outcomes)('%s is shown by word and by shape', (outcome) => {
    const { elements, text } = parse(resultPage({ ...trivial, record: { ...record, outcome, status: 'err', reason: 'because of that' } }));
    expect(text).toContain('Because of that');
    expect(elements.filter(({ name }) => name === 'svg')).toHaveLength(1);
  });

  test('a dirty run says that it is no verdict', () => {
    expect(resultPage({ ...trivial, record: { ...record, dirty: true } })).toContain('says nothing about the commit');
  });

  test('holds no script, and asks for nothing from anywhere', () => {
    const { elements } = parse(resultPage(trivial));
    expect(elements.map(({ name }) => name)).not.toContain('script');
    for (const { attributes } of elements) {
      for (const [name, value] of Object.entries(attributes)) {
        expect(name).not.toMatch(/^on/);
        if (name === 'href' || name === 'src') expect(value).toMatch(/^(\.\/|data:image\/svg\+xml,)/);
      }
    }
  });

  test('steps lie on one scale, also when they ran at the same time', () => {
    const step = { depth: 0, firstLine: 1, lastLine: 2 };
    const steps = [
      { ...step, name: 'lint', startMs: 0, durationMs: 10_625, exitCode: 0 },
      { ...step, name: 'test', startMs: 4250, durationMs: 38_250, exitCode: 1 },
      { ...step, name: 'cut', startMs: 42_500, durationMs: 0, unfinished: true },
    ];
    const { elements } = parse(resultPage({ ...trivial, steps }));
    const bars = elements.flatMap(({ attributes }) => (attributes['style']?.toString().startsWith('margin-left') === true ? [attributes['style']] : []));
    expect(bars).toEqual(['margin-left:0%;width:25%', 'margin-left:10%;width:90%', 'margin-left:100%;width:0%']);
    expect(elements.flatMap(({ name, attributes }) => (name === 'li' ? [attributes['class']] : []))).toEqual(['ok', 'err', 'cut']);
  });

  test('failed tests come first, with what they said', () => {
    const cases = [testCase({ name: 'fine' }), testCase({ name: 'wrong', status: 'failed', message: 'expected 3', details: 'at line 4' })];
    const page = resultPage({ ...trivial, tests: { version: 1, cases, totals: { passed: 1, failed: 1, skipped: 0, durationMs: 2 } } });
    const { text } = parse(page);
    expect(text.indexOf('wrong')).toBeLessThan(text.indexOf('fine'));
    expect(text).toContain('1 failed, 1 passed');
    expect(text).toContain('expected 3\nat line 4');
  });

  test('names of artefacts are escaped, and their links encoded', () => {
    const { elements, text } = parse(resultPage({ ...trivial, artefacts: [{ path: 'a b/<i>&"x\n', size: 2048 }] }));
    expect(text).toContain('a b/<i>&"x\\n');
    expect(text).toContain('2.0 KiB');
    expect(elements.map(({ attributes }) => attributes['href'])).toContain('./a%20b/%3Ci%3E%26%22x%0A');
  });

  test('a long list of artefacts is folded and cut, and says so', () => {
    const artefacts = Array.from({ length: 1003 }, (_, index) => ({ path: `file-${index}`, size: 1 }));
    const { text, elements } = parse(resultPage({ ...trivial, artefacts }));
    expect(text).toContain('1003 files');
    expect(text).toContain('and 3 more');
    expect(elements.map(({ name }) => name)).toContain('details');
  });

  test('a log that was cut begins at a line and says how much there is', () => {
    const { text } = parse(resultPage({ ...trivial, logTail: '\ufffdf a line\nwhole line\n', logBytes: 3 * 1024 * 1024 }));
    expect(text).not.toContain('f a line');
    expect(text).toContain('whole line');
    expect(text).toContain('of 3.0 MiB');
  });

  test('styles for colours are there only when the log has colours', () => {
    expect(resultPage(trivial)).not.toContain('.f1{');
    expect(resultPage({ ...trivial, logTail: '\x1b[31mred', logBytes: 8 })).toContain('.f1{');
  });

  test('whatever others wrote, the page stays well-formed and keeps its shape', () => {
    const hostile = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('</pre><script>x</script>', '"><img src=x onerror=y>', ']]>', '<!--', '&amp;', '\x1b[31m'));
    const allowed = new Set('html head meta title link style body header svg circle path div h1 p span h2 small ul ol li dl dt dd code time pre footer a bdi details summary strong'.split(' '));
    fc.assert(
      fc.property(hostile, (text) => {
        const page = resultPage({
          record: {
            ...record,
            branch: text,
            host: text,
            reason: text,
            job: text,
            startedAt: text,
            notes: [text],
            annotations: [{ level: 'error', message: text, title: text, file: text, logLine: 1 }],
          },
          steps: [{ name: text, depth: 1, firstLine: 1, lastLine: 1, startMs: 0, durationMs: 1 }],
          tests: {
            version: 1,
            totals: { passed: 0, failed: 1, skipped: 0, durationMs: 0 },
            cases: [testCase({ suite: text, name: text, status: 'failed', message: text, details: text, file: text }), testCase({ name: text })],
          },
          artefacts: [{ path: text, size: 1 }],
          logTail: text,
          logBytes: Buffer.byteLength(text),
        });
        for (const { name } of parse(page).elements) expect(allowed).toContain(name);
      }),
      { numRuns: 50 },
    );
  });
});

test('errors stand before warnings, whatever came first', () => {
  const annotations = (['notice', 'warning', 'error', 'warning'] as const).map((level, at) => ({ level, message: `said ${at}`, logLine: at + 1 }));
  const page = resultPage({ ...trivial, record: { ...record, annotations } });
  expect([...page.matchAll(/said \d/g)].map(([text]) => text)).toEqual(['said 2', 'said 1', 'said 3', 'said 0']);
});
