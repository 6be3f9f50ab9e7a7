import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { annotationLevels } from '../../../src/model/annotation.ts';
import { outcomes, triggers } from '../../../src/model/outcome.ts';
import type { RunRecord } from '../../../src/model/record.ts';
import { parseRecord, parseSteps, parseTests } from '../../../src/model/result-files.ts';
import type { StepsFile } from '../../../src/model/step.ts';
import { testStatuses, type TestsFile } from '../../../src/model/test-case.ts';

const bytes = (value: unknown): Uint8Array => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const id = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 40, maxLength: 40 });
const time = fc.date({ min: new Date(0), max: new Date('9999-01-01'), noInvalidDate: true }).map((date) => date.toISOString());
const text = fc.string({ unit: 'grapheme' });
const ms = fc.nat(1e9);

const step = fc.record({ name: text, depth: fc.nat(5), startMs: ms, durationMs: ms, exitCode: fc.nat(255) }, { requiredKeys: ['name', 'depth', 'startMs', 'durationMs'] });
const totals = fc.record({ passed: fc.nat(), failed: fc.nat(), skipped: fc.nat(), durationMs: ms });

const record = fc.record(
  {
    version: fc.constant(1 as const),
    runId: fc.constant('1700000000-abcd'),
    commit: id,
    tree: id,
    script: id,
    branch: fc.option(text),
    trigger: fc.constantFrom(...triggers),
    dirty: fc.boolean(),
    clean: fc.boolean(),
    shared: fc.array(fc.record({ path: text, how: fc.constantFrom('link' as const, 'copy' as const) })),
    status: fc.constantFrom('ok' as const, 'err' as const),
    outcome: fc.constantFrom(...outcomes),
    reason: text,
    exitCode: fc.option(fc.nat(255)),
    signal: fc.option(fc.constant('SIGTERM')),
    startedAt: time,
    finishedAt: time,
    durationMs: ms,
    host: text,
    user: text,
    platform: text,
    gitVersion: text,
    jciVersion: text,
    rerunOf: fc.constant('1600000000-abcd'),
    job: text,
    steps: fc.array(step),
    annotations: fc.array(
      fc.record(
        { level: fc.constantFrom(...annotationLevels), message: text, title: text, file: text, line: fc.nat(), col: fc.nat(), logLine: fc.nat() },
        { requiredKeys: ['level', 'message', 'logLine'] },
      ),
    ),
    annotationsOmitted: fc.nat(),
    tests: totals,
    notes: fc.array(text),
  },
  { requiredKeys: ['version', 'runId', 'commit', 'tree', 'script', 'branch', 'trigger', 'dirty', 'clean', 'shared', 'status', 'outcome', 'exitCode', 'signal', 'startedAt', 'finishedAt', 'durationMs', 'host', 'user', 'platform', 'gitVersion', 'jciVersion', 'steps', 'annotations', 'notes'] },
) as fc.Arbitrary<RunRecord>;

const oneRecord = fc.sample(record, { numRuns: 1, seed: 7 })[0];

describe('jci.json', () => {
  test('reads back as the record that was written', () => {
    fc.assert(
      fc.property(record, (written) => {
        expect(parseRecord(bytes(written))).toEqual(written);
      }),
      { numRuns: 50 },
    );
  });

  test('of a later version, with fields we do not know, is read without them', () => {
    expect(parseRecord(bytes({ ...oneRecord, novelty: 1, ['__proto__']: { x: 1 } }))).toEqual(oneRecord);
    expect(parseRecord(bytes({ ...oneRecord, version: 2 }))).toBeUndefined();
  });

  test.each([
    { outcome: 'exploded' },
    { status: 'running' },
    { durationMs: -1 },
    { durationMs: '5' },
    { startedAt: 'yesterday' },
    { branch: 7 },
    { steps: {} },
    { steps: [{ name: 'x' }] },
    { annotations: [{ level: 'fatal', message: 'x', logLine: 1 }] },
    { notes: [null] },
    { tests: { passed: 1.5, failed: 0, skipped: 0, durationMs: 0 } },
  ])('with %j is not believed', (wrong) => {
    expect(parseRecord(bytes({ ...oneRecord, ...wrong }))).toBeUndefined();
  });

  test('lacking any one of the fields it needs is not believed', () => {
    const optional = new Set(['reason', 'rerunOf', 'job', 'annotationsOmitted', 'tests']);
    for (const name of Object.keys(oneRecord ?? {}).filter((key) => !optional.has(key))) {
      const rest = Object.fromEntries(Object.entries(oneRecord ?? {}).filter(([key]) => key !== name));
      expect([name, parseRecord(bytes(rest))]).toEqual([name, undefined]);
    }
  });
});

describe('steps.json and tests.json', () => {
  test('read back as they were written', () => {
    const steps: StepsFile = { version: 1, steps: [{ name: 'a', depth: 0, firstLine: 1, lastLine: 2, startMs: 0, durationMs: 5, unfinished: true }] };
    expect(parseSteps(bytes(steps))).toEqual(steps);
    fc.assert(
      fc.property(fc.constantFrom(...testStatuses), text, fc.option(ms), (status, name, durationMs) => {
        const tests: TestsFile = {
          version: 1,
          totals: { passed: 1, failed: 0, skipped: 0, durationMs: 0 },
          cases: [{ suite: '', name, status, durationMs, report: 'r.xml', message: 'm', details: 'd', file: 'f', line: 3 }],
          omitted: 4,
        };
        expect(parseTests(bytes(tests))).toEqual(tests);
      }),
    );
  });

  test.each([[100, 100], [101, 100], [400_000_000, 100], [1e308, undefined]])('a depth of %d reads as %d', (depth, read) => {
    const steps = [{ name: 'a', depth, firstLine: 1, lastLine: 2, startMs: 0, durationMs: 5 }];
    expect(parseSteps(bytes({ version: 1, steps }))?.steps[0]?.depth).toBe(read);
  });

  test.each([{}, { version: 2, steps: [], cases: [] }, { version: 1, steps: 'x', cases: 'x' }, [], null])('%j reads as if it were not there', (value) => {
    expect(parseSteps(bytes(value))).toBeUndefined();
    expect(parseTests(bytes(value))).toBeUndefined();
  });
});

test('no bytes and no JSON make any of them throw', () => {
  for (const parse of [parseRecord, parseSteps, parseTests]) {
    expect(parse(undefined)).toBeUndefined();
    fc.assert(
      fc.property(fc.uint8Array(), (raw) => {
        expect(parse(raw)).toBeUndefined();
      }),
    );
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(parse(bytes(json))).toBeUndefined();
      }),
    );
    expect(parse(bytes('['.repeat(5000)))).toBeUndefined();
  }
});

test('a record with one value replaced by any JSON never throws', () => {
  const keys = Object.keys(oneRecord ?? {});
  fc.assert(
    fc.property(fc.constantFrom(...keys), fc.jsonValue(), (key, value) => {
      const read = parseRecord(bytes({ ...oneRecord, [key]: value }));
      if (read !== undefined) expect(Object.keys(read).every((name) => keys.includes(name))).toBe(true);
    }),
  );
});
