import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CommitFacts } from '../../../src/model/commit-facts.ts';
import { outcomes, runStatuses } from '../../../src/model/outcome.ts';
import type { ResultSummary } from '../../../src/model/trailers.ts';
import { tellsOf, verdictIn } from '../../../src/model/verdict-rule.ts';

const [commit, other, tree, script] = ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(40), 'd'.repeat(40)] as const;
const facts: CommitFacts = { commit, tree, script };
const passed: ResultSummary = { status: 'ok', outcome: 'passed', durationMs: 1, tree, script, branch: 'main', trigger: 'manual', exitCode: 0, dirty: false };
const goTool: ResultSummary = { ...passed, outcome: undefined, tree: undefined, script: undefined };

describe('what tells something of a commit', () => {
  test.each<[boolean, string, Partial<ResultSummary>]>([
    [true, 'a pass', {}],
    [true, 'a failure', { status: 'err', outcome: 'failed' }],
    [true, 'a timeout', { status: 'err', outcome: 'timeout' }],
    [false, 'a cancelled run', { status: 'err', outcome: 'cancelled' }],
    [false, 'an interrupted run', { status: 'err', outcome: 'interrupted' }],
    [false, 'a broken run', { status: 'err', outcome: 'broken' }],
    [false, 'one of another tree', { tree: other }],
    [false, 'one of another script', { script: other }],
    [false, 'one whose script is not in the tree', { script: undefined }],
    [false, 'a dirty run', { dirty: true }],
    [false, 'one that is not over', { status: 'running' }],
  ])('%s: %s', (tells, _, part) => {
    expect([commit, other].map((ranFor) => tellsOf(facts, ranFor, { ...passed, ...part }))).toEqual([tells, tells]);
  });

  test('a result of the Go tool tells of its own commit alone', () => {
    expect(tellsOf(facts, commit, goTool)).toBe(true);
    expect(tellsOf(facts, other, goTool)).toBe(false);
    expect(tellsOf({ ...facts, script: undefined }, commit, { ...goTool, status: 'err' })).toBe(true);
  });

  test('whatever tells is about the tree and script, or of the Go tool, and over and clean', () => {
    const idOrNone = fc.constantFrom(tree, script, other, undefined);
    const summary = fc.record({
      status: fc.constantFrom(...runStatuses),
      outcome: fc.constantFrom(...outcomes, undefined),
      tree: idOrNone,
      script: idOrNone,
      dirty: fc.boolean(),
    });
    fc.assert(
      fc.property(summary, fc.constantFrom(commit, other), (part, ranFor) => {
        if (!tellsOf(facts, ranFor, { ...passed, ...part })) return;
        expect([part.dirty, part.status === 'running']).toEqual([false, false]);
        if (part.outcome === undefined) expect(ranFor).toBe(commit);
        else expect([part.tree, part.script]).toEqual([tree, script]);
      }),
    );
  });

  test('says what its status says', () => {
    expect([passed, { ...passed, status: 'err' } as const].map(verdictIn)).toEqual(['passed', 'failed']);
  });
});
