import type { JciError } from '../../base/errors.ts';
import { shortId, type ObjectId } from '../../model/object-id.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { RunKey } from '../../model/run-ref.ts';
import type { RunReport } from '../../run/request.ts';
import type { RowEnd } from '../render/live-rows.ts';

/** What became of one commit of a range. */
export type CommitResult = { commit: ObjectId; exitCode: number } & (
  | { kind: 'ran'; report: RunReport }
  | { kind: 'passed already'; run: RunKey }
  | { kind: 'not started'; why: string }
  | { kind: 'no script' }
  /** There is no result, for want of disk space for example: the others go on. */
  | { kind: 'not stored'; failure: JciError }
);

/** An outcome, or why there is none. */
type State = Outcome | Exclude<CommitResult['kind'], 'ran'>;

const stateOf = (result: CommitResult): State => (result.kind === 'ran' ? result.report.record.outcome : result.kind);

/** The result as a row of the table. */
export function rowEnd(result: CommitResult): RowEnd {
  switch (result.kind) {
    case 'ran': {
      const { outcome, runId, reason = '', durationMs } = result.report.record;
      return { symbol: outcome, runId, text: reason, durationMs };
    }
    case 'passed already':
      return { symbol: 'passed', runId: result.run.runId, text: 'passed already' };
    case 'not started':
      return { symbol: 'none', text: `not started: ${result.why}` };
    case 'no script':
      return { symbol: 'skipped', text: 'no .jci/run.sh' };
    case 'not stored':
      return { symbol: 'broken', text: result.failure.message };
  }
}

/** In the order in which they are told; what passed already has passed. */
const words: Readonly<Record<Exclude<State, 'passed' | 'passed already'>, string>> = {
  failed: 'failed',
  timeout: 'timed out',
  broken: 'broken',
  'not stored': 'not stored',
  interrupted: 'interrupted',
  cancelled: 'cancelled',
  'no script': 'without .jci/run.sh',
  'not started': 'not started',
};

/** `4 of 7 passed, 1 failed, 2 not started; first bad commit b5a517f20c8e: git jci show 1763700000-abcd` */
export function summaryLine(results: readonly CommitResult[]): string {
  const states = results.map(stateOf);
  const passed = states.filter((state) => state === 'passed' || state === 'passed already').length;
  const others = Object.entries(words).flatMap(([state, word]) => {
    const count = states.filter((one) => one === state).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  const bad = firstBad(results);
  const where = bad === undefined ? '' : `; first bad commit ${shortId(bad.commit)}: git jci show ${bad.runId}`;
  return `${[`${passed} of ${results.length} passed`, ...others].join(', ')}${where}`;
}

/** The oldest commit with a verdict against it; one that could not be run or was cancelled has none. */
function firstBad(results: readonly CommitResult[]): RunKey | undefined {
  const bad = results.find((result) => ['failed', 'timeout'].includes(stateOf(result)));
  return bad?.kind === 'ran' ? { commit: bad.commit, runId: bad.report.record.runId } : undefined;
}

/** What `--json` prints, whole. */
export function toJson(results: readonly CommitResult[], subjects: ReadonlyMap<ObjectId, string>): object {
  const counts: Partial<Record<State, number>> = {};
  for (const state of results.map(stateOf)) counts[state] = (counts[state] ?? 0) + 1;
  return {
    version: 1,
    runs: results.map((result) => ({ commit: result.commit, subject: subjects.get(result.commit) ?? null, state: stateOf(result), ...details(result) })),
    summary: { total: results.length, counts, firstBad: firstBad(results) ?? null },
  };
}

function details(result: CommitResult): object {
  switch (result.kind) {
    case 'ran':
      return { runId: result.report.record.runId, record: result.report.record };
    case 'passed already':
      return { runId: result.run.runId, runCommit: result.run.commit, skipped: `passed already in run ${result.run.runId}` };
    case 'not stored':
      return { failure: result.failure.message };
    default:
      return { skipped: rowEnd(result).text };
  }
}
