import type { ComponentChildren } from 'preact';
import { Link } from '../navigation.tsx';
import { runPath } from '../../src/api/paths.ts';
import type { RunItem } from '../../src/api/run-item.ts';
import { VerdictMark } from './verdict-mark.tsx';
import { verdictOf } from './verdict.ts';

/** The way to a run: its verdict and id, or what is given instead of the id. */
export function RunLink({ run, children = <code>{run.runId}</code> }: { run: RunItem; children?: ComponentChildren }) {
  return (
    <>
      <VerdictMark verdict={verdictOf(run)} brief /> <Link href={runPath(run)}>{children}</Link>
    </>
  );
}
