import { isOutcome, isTrigger, isRunStatus, type Outcome, type Trigger, type RunStatus } from './outcome.ts';
import { shortId, type ObjectId } from './object-id.ts';
import type { RunId } from './run-id.ts';
import type { RunKey } from './run-ref.ts';

/** What the message of a result commit says: enough for a listing, without opening the tree. */
export interface ResultSummary {
  status: RunStatus;
  /** `undefined` in results of the Go tool. */
  outcome: Outcome | undefined;
  durationMs: number | undefined;
  /** Absent in dirty runs: then the result is no verdict on any tree. */
  tree: ObjectId | undefined;
  script: ObjectId | undefined;
  branch: string | undefined;
  trigger: Trigger | undefined;
  exitCode: number | undefined;
  dirty: boolean;
  /** Which run it says it is the result of, as `runName` has it; absent in results of the Go tool. */
  about?: string;
}

/** `<12 hex>/<run id>`: a run as the subject of its result names it. */
export const runName = ({ commit, runId }: RunKey): string => `${shortId(commit)}/${runId}`;

const subject = /^CI results for ([0-9a-f]{12}) \(run (\d{1,12}-[0-9a-f]{4})\)(?:\n|$)/;

/** `CI results for <12 hex> (run <run id>)` and the trailers. */
export function formatResultMessage(commit: ObjectId, runId: RunId, summary: ResultSummary): string {
  const trailers: [string, string | number | undefined][] = [
    ['Jci-Status', summary.status],
    ['Jci-Outcome', summary.outcome],
    ['Jci-Duration-Ms', summary.durationMs],
    ['Jci-Tree', summary.dirty ? undefined : summary.tree],
    ['Jci-Script', summary.script],
    ['Jci-Branch', summary.branch],
    ['Jci-Trigger', summary.trigger],
    ['Jci-Exit', summary.exitCode],
    ['Jci-Dirty', summary.dirty ? 'true' : undefined],
  ];
  const lines = trailers.filter(([, value]) => value !== undefined).map(([name, value]) => `${name}: ${value}`);
  return `CI results for ${shortId(commit)} (run ${runId})\n\n${lines.join('\n')}\n`;
}

/**
 * Reads the trailers of a result commit's message.
 * @returns `undefined` when there is no `Jci-Status` (a result of the Go tool, or somebody else's commit).
 */
export function parseResultMessage(message: string): ResultSummary | undefined {
  const trailers = new Map<string, string>();
  for (const line of message.split('\n')) {
    const match = /^(Jci-[A-Za-z-]+): (.*)$/s.exec(line);
    // Only blanks that no branch name can have: git allows line separators and no-break spaces in one.
    if (match?.[1] !== undefined && match[2] !== undefined) trailers.set(match[1], match[2].replace(/^[ \t]+|[ \t\r]+$/g, ''));
  }
  const status = trailers.get('Jci-Status');
  if (status === undefined || !isRunStatus(status)) return undefined;
  const dirty = trailers.get('Jci-Dirty') === 'true';
  const [, commit, runId] = subject.exec(message) ?? [];
  return {
    status,
    outcome: narrow(trailers.get('Jci-Outcome'), isOutcome),
    durationMs: integer(trailers.get('Jci-Duration-Ms')),
    tree: dirty ? undefined : trailers.get('Jci-Tree'),
    script: trailers.get('Jci-Script'),
    branch: trailers.get('Jci-Branch'),
    trigger: narrow(trailers.get('Jci-Trigger'), isTrigger),
    exitCode: integer(trailers.get('Jci-Exit')),
    dirty,
    ...(commit === undefined || runId === undefined ? {} : { about: runName({ commit, runId }) }),
  };
}

const narrow = <T extends string>(text: string | undefined, is: (text: string) => text is T): T | undefined =>
  text !== undefined && is(text) ? text : undefined;

const integer = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
