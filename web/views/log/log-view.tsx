import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { RunDetail } from '../../../src/api/run-detail.ts';
import { createLog, type Log } from '../../log/log.ts';
import { firstFailedStep, useFailure } from '../run/first-error.tsx';
import { RunPage } from '../run/run-frame.tsx';
import { useRun } from '../run/use-run.ts';
import { LogPane } from './log-pane.tsx';
import { LogTools } from './log-tools.tsx';
import { SearchBar } from './search-bar.tsx';
import './log.css';

/** The log of a run: its lines are asked for before anything is known of the run. */
export function LogView({ commit, runId }: { commit: string; runId: string }) {
  const log = useMemo(() => createLog({ commit, runId }), [commit, runId]);
  useEffect(() => () => log.close(), [log]);
  const known = useRun(commit, runId);
  const { run } = known;
  useEffect(() => {
    if (run !== undefined) log.setRun(run);
  }, [log, run]);
  const view = useRoomBelow();
  const problem = known.problem ?? (log.problem.value === '' ? undefined : { error: log.problem.value });
  return (
    <div class="log-view" ref={view}>
      <RunPage commit={commit} runId={runId} tab="log" title="Log" known={{ ...known, problem }}>
        <div class="log-bar">
          <SearchBar log={log} />
          <LogTools log={log} />
        </div>
        <LogPane log={log} />
        {run === undefined ? null : <Beginning key={runId} log={log} run={run} />}
      </RunPage>
    </div>
  );
}

/** A log that tells of a failure is opened where the run's page says that it is, or else at the end of the step that failed. */
function Beginning({ log, run }: { log: Log; run: RunDetail }) {
  const failure = useFailure(run);
  const line = failure === null ? firstFailedStep(run)?.lastLine : failure;
  useEffect(() => {
    if (line !== undefined) log.openAt(line);
  }, [log, line]);
  return null;
}

/** The log takes all the room below what is above it, however high that is. */
function useRoomBelow(): { current: HTMLDivElement | null } {
  const view = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const measure = (): void => {
      if (view.current === null) return;
      const below = Number.parseFloat(getComputedStyle(view.current.closest('main') ?? view.current).paddingBottom);
      view.current.style.setProperty('--log-top', `${Math.ceil(view.current.getBoundingClientRect().top + scrollY + below)}px`);
    };
    const observer = new ResizeObserver(measure);
    const header = document.querySelector('header');
    if (header !== null) observer.observe(header);
    measure();
    return () => observer.disconnect();
  }, []);
  return view;
}
