import type { LogComparison } from '../../../src/api/compare.ts';
import { formatDuration } from '../../../src/base/duration.ts';

type Hunk = LogComparison['hunks'][number];

/** A line of a hunk with its number in each log that has it. */
export interface NumberedLine {
  kind: Hunk['lines'][number]['kind'];
  text: string;
  before: number | undefined;
  after: number | undefined;
}

/** Numbers the lines of a hunk: what was added is in the second log only, what was removed in the first only. */
export function numberLines(hunk: Hunk): NumberedLine[] {
  let { before, after } = hunk;
  return hunk.lines.map(({ kind, text }) => ({
    kind,
    text,
    before: kind === 'added' ? undefined : before++,
    after: kind === 'removed' ? undefined : after++,
  }));
}

/** Below this, in ms, a difference of times is chance. */
const noticeable = 50;

/** How much longer or shorter something took: `+12.0 s, ×1.8`; `same` if nobody would notice. */
export function describeChange(before: number, after: number): string {
  const difference = after - before;
  if (Math.abs(difference) < Math.max(noticeable, before * 0.01)) return 'same';
  const text = `${difference < 0 ? '−' : '+'}${formatDuration(Math.abs(difference))}`;
  if (before < 1 || after < 1) return text;
  const factor = after / before;
  if (factor > 0.95 && factor < 1.05) return text;
  return `${text}, ×${factor < 0.1 ? factor.toFixed(2) : factor < 10 ? factor.toFixed(1) : Math.round(factor)}`;
}

/** `<commit>/<run id>`, as the address has a run; `undefined` for what is none. */
export function parseKey(text: string | null): { commit: string; runId: string } | undefined {
  const [, commit, runId] = /^([0-9a-f]{40}|[0-9a-f]{64})\/([^/]+)$/.exec(text ?? '') ?? [];
  return commit === undefined || runId === undefined ? undefined : { commit, runId };
}
