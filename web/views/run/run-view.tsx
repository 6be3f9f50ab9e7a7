import { useEffect, useMemo, useState } from 'preact/hooks';
import { Link } from '../../navigation.tsx';
import { filePath, logApi, logName, pageName, runPath } from '../../../src/api/paths.ts';
import type { RunDetail } from '../../../src/api/run-detail.ts';
import type { RunItem } from '../../../src/api/run-item.ts';
import { listenForLines } from '../../log/log-events.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { NotifyButton } from '../../parts/notify-button.tsx';
import { verdictOf } from '../../parts/verdict.ts';
import { ArtefactList } from '../artefact/artefact-list.tsx';
import { FirstError, useFirstError } from './first-error.tsx';
import { FailedSteps } from './failed-steps.tsx';
import { FailedTests } from './failed-tests.tsx';
import { Annotations } from './annotations.tsx';
import { LogTail } from './log-tail.tsx';
import { RunActions } from './run-actions.tsx';
import { RunDetails } from './run-details.tsx';
import { RunFrame } from './run-frame.tsx';
import { ArchiveLinks } from '../../parts/archive-links.tsx';
import { RunHeader } from './run-header.tsx';
import { StepTimeline } from './step-timeline.tsx';
import { Summary } from './summary.tsx';

/** One run; without a run id the newest one of its commit. */
export function RunView({ commit, runId }: { commit: string; runId: string | null }) {
  return (
    <RunFrame commit={commit} runId={runId} tab="summary">
      {({ detail, run }) => (
        <>
          <RunHeader detail={detail} run={run} />
          {/* What is asked about a run under way is not asked of the same run once it is over. */}
          <RunActions key={`${run.item.runId} ${run.item.live === null}`} run={run} />
          {run.item.live === null ? <Stored key={run.item.runId} run={run} /> : <Live run={run} />}
          <RunDetails detail={detail} run={run} />
        </>
      )}
    </RunFrame>
  );
}

/** Failures come first: they are what one is here for. */
function Stored({ run }: { run: RunDetail }) {
  const isBad = verdictOf(run.item) !== 'passed' && run.item.problem === null;
  const firstError = useFirstError(run);
  return (
    <>
      {firstError === undefined ? null : <FirstError run={run} line={firstError} />}
      <FailedTests run={run} />
      <Annotations run={run} />
      {isBad ? <FailedSteps run={run} firstError={firstError} /> : null}
      <Summary key={run.summaryHtml} html={run.summaryHtml} base={runPath(run.item)} />
      <StepTimeline run={run} />
      {run.item.problem === null ? <Artefacts run={run} /> : null}
    </>
  );
}

function Live({ run }: { run: RunDetail }) {
  return (
    <>
      <p class="notice hint">
        <Link href={`${runPath(run.item)}/${logName}`}>Follow its log</Link>{' '}
        {run.item.live === 'lost' ? null : <NotifyButton what={runPath(run.item)} label="Tell me when it ends" />}
      </p>
      <Annotations run={run} />
      <StepTimeline run={run} />
      <Growing key={run.item.runId} run={run.item} />
    </>
  );
}

/** The end of a log, as it comes. */
function Growing({ run }: { run: RunItem }) {
  const [{ total, bytes }, grow] = useState({ total: 0, bytes: 0 });
  useEffect(() => listenForLines(`${logApi(run)}/events`, grow), []);
  return total === 0 ? null : <><h2>Log</h2><LogTail run={run} first={Math.max(1, total - 9)} count={Math.min(10, total)} news={bytes} /></>;
}

function Artefacts({ run }: { run: RunDetail }) {
  const page = run.artefacts.find(({ path }) => path === pageName);
  const artefacts = useMemo(() => run.artefacts.filter((artefact) => artefact !== page), [run.artefacts]);
  return (
    <section aria-labelledby="artefacts">
      <h2 id="artefacts">Artefacts</h2>
      {artefacts.length === 0 ? (
        <EmptyState title="This run left no artefacts">
          Files that the script writes into <code>$JCI_OUTPUT_DIR</code> are kept: reports, screenshots, builds.
        </EmptyState>
      ) : (
        <ArtefactList key={run.item.runId} run={run} artefacts={artefacts} />
      )}
      <p class="row">
        <ArchiveLinks run={run.item} />
        {page === undefined ? null : <Link class="button" href={filePath(run.item, page.href)} title="index.html: it needs no server">Standalone page</Link>}
      </p>
    </section>
  );
}
