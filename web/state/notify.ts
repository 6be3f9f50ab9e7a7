import { effect, signal } from '@preact/signals';
import { commitApi, runPath } from '../../src/api/paths.ts';
import { commitDetail } from '../../src/api/run-detail.ts';
import type { RunKey } from '../../src/model/run-ref.ts';
import { liveRuns, refsState } from '../api/events.ts';
import { fetchJson } from '../api/fetch-json.ts';
import { navigate } from '../navigation.tsx';
import { signs, verdictOf } from '../parts/verdict.ts';
import { repository } from './info.ts';
import { recall, remember } from './storage.ts';

/** What stands for every run. */
export const everyRun = '*';

/** The runs that somebody wants to be told of, by the paths of their pages. */
export const watched = signal<ReadonlySet<string>>(new Set());

/** Why nothing can be told. */
export const notifyProblem = signal('');

const key = 'jci-notify';

/** Begins or ends to tell of a run, or of every run. The browser asks its user the first time, and never unasked. */
export async function toggleWatch(what: string): Promise<void> {
  const wanted = !watched.value.has(what);
  notifyProblem.value = wanted ? await whyNot() : '';
  if (notifyProblem.value !== '') return;
  watched.value = new Set([...watched.value].filter((other) => other !== what).concat(wanted ? what : []));
  if (what === everyRun) remember(key, wanted ? 'on' : 'off');
}

async function whyNot(): Promise<string> {
  if (!('Notification' in window)) return `This browser tells of nothing here: it would at ${location.protocol === 'https:' ? 'no address' : 'http://localhost or over https'}.`;
  const permission = await Notification.requestPermission();
  if (permission === 'granted') return '';
  return permission === 'denied' ? 'The browser blocks notifications of this page: its settings for this site allow them.' : 'Nobody allowed notifications.';
}

/** Begins to look for runs that end, also while the tab is hidden. */
export function watchRuns(): void {
  if (recall(key) === 'on' && 'Notification' in window && Notification.permission === 'granted') watched.value = new Set([everyRun]);
  let underWay = new Map<string, RunKey>();
  const ended = new Map<string, RunKey>();
  const tellOfEnded = (): void => {
    const refs = refsState.peek();
    for (const [path, run] of ended) {
      ended.delete(path);
      void tell(path, run).then((told) => {
        if (told) return;
        // Its result comes a moment after it went: then the refs change once more, or did so meanwhile.
        ended.set(path, run);
        if (refsState.peek() !== refs) tellOfEnded();
      });
    }
  };
  effect(() => {
    const now = new Map(liveRuns.value.flatMap((run) => (run.live === 'lost' ? [] : [[runPath(run), run]])));
    for (const [path, run] of underWay) if (!now.has(path) && isWatched(path)) ended.set(path, run);
    underWay = now;
    if (refsState.value !== '') tellOfEnded();
  });
}

const isWatched = (path: string): boolean => watched.peek().has(path) || watched.peek().has(everyRun);

/** @returns whether that was possible. */
async function tell(path: string, { commit, runId }: RunKey): Promise<boolean> {
  const { data } = await fetchJson(commitDetail, commitApi(commit, runId));
  const item = data?.run?.item;
  if (data === undefined || item === undefined || (item.live !== null && item.live !== 'lost')) return false;
  const verdict = verdictOf(item);
  const subject = data.message === '' ? commit.slice(0, 7) : data.message.replace(/\n[^]*/, '');
  const body = [repository.value?.name, item.branch].filter(Boolean).join(' · ');
  // The tag: of several tabs one tells of it.
  const note = new Notification(`${signs[verdict]} ${verdict}: ${subject}`, { body, tag: path });
  note.onclick = () => {
    window.focus();
    navigate(path);
    note.close();
  };
  return true;
}
