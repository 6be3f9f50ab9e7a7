import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { signal } from '@preact/signals';
import { commitDetail } from '../../../src/api/run-detail.ts';
import { runPath } from '../../../src/api/paths.ts';
import { useAnswer } from '../../api/fetch-json.ts';
import { liveRuns } from '../../api/events.ts';
import { createLog } from '../../log/log.ts';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Page } from '../../parts/page.tsx';
import { VerdictMark } from '../../parts/verdict-mark.tsx';
import { verdictOf } from '../../parts/verdict.ts';
import { LogPane } from './log-pane.tsx';
import { LogTools } from './log-tools.tsx';
import { SearchBar } from './search-bar.tsx';
import './log.css';

/** The log of a run. */
export function LogView({ commit, runId }: { commit: string; runId: string }) {
  const { log, storedTimes } = useMemo(() => {
    const times = signal(0);
    return { log: createLog({ commit, runId }, () => (times.value += 1)), storedTimes: times };
  }, [commit, runId]);
  useEffect(() => () => log.close(), [log]);
  // Steps of a run under way are asked for again when it goes on, and all of it when it is stored.
  const isLive = liveRuns.value.find((run) => run.runId === runId)?.live;
  const { data, problem } = useAnswer(commitDetail, `/api/commit/${commit}/${runId}`, `${storedTimes.value} ${isLive}`);
  useEffect(() => {
    const run = data?.run ?? undefined;
    if (run !== undefined) log.setRun(run);
  }, [log, data]);
  const view = useRoomBelow();
  const verdict = verdictOf(data?.run?.item);
  const subject = data?.message.split('\n')[0] ?? '';
  const heading = (
    <span class="log-title">
      {data === undefined ? null : <VerdictMark verdict={verdict} />} <a href={runPath({ commit, runId })}>{commit.slice(0, 7)}</a> <span class="log-subject">{subject}</span>
    </span>
  );
  return (
    <div class="log-view" ref={view}>
      <Page title={`Log of ${commit.slice(0, 7)} ${subject}`} verdict={verdict} heading={heading}>
        <div class="log-bar">
          <SearchBar log={log} />
          <LogTools log={log} />
        </div>
        <ErrorNotice problem={problem ?? (log.problem.value === '' ? undefined : { error: log.problem.value })} />
        <LogPane log={log} live={isLive !== undefined} />
      </Page>
    </div>
  );
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
