import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Link } from '../../navigation.tsx';
import { keyOf } from '../../../src/model/run-ref.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { BranchChoice } from '../../parts/branch-choice.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { FilterField } from '../../parts/filter-field.tsx';
import { Page } from '../../parts/page.tsx';
import { Spinner } from '../../parts/spinner.tsx';
import { VerdictChoice } from '../../parts/verdict-choice.tsx';
import { pick, useQuery } from '../../state/query.ts';
import { formatCount } from '../../parts/format-count.ts';
import { FoundRun } from './found-run.tsx';
import { expressionOf } from './marked.ts';
import { useRunSearch, type SearchState } from './use-run-search.ts';
import './search.css';

const names = ['q', 'regex', 'case', 'branch', 'verdict'];
const shownAtFirst = 100;

type Set = (name: string, value: string) => void;

/** Search in the logs of all runs. */
export function SearchView() {
  const [query, set] = useQuery();
  const q = query.get('q') ?? '';
  const search = useRunSearch(q === '' ? null : `/api/search?${pick(query, names)}`);
  useSearchKeys(search.stop);
  return (
    <Page title={q === '' ? 'Search' : `${q} · Search`} heading="Search the logs of all runs">
      <Fields query={query} set={set} />
      <ErrorNotice problem={search.problem} />
      {q === '' ? <Examples /> : <Progress search={search} stop={search.stop} />}
      <Results key={pick(query, names)} search={search} query={query} />
    </Page>
  );
}

function Fields({ query, set }: { query: URLSearchParams; set: Set }) {
  const box = (name: string, label: string) => (
    <label class="check">
      <input type="checkbox" checked={query.get(name) === '1'} onChange={({ currentTarget: { checked } }) => set(name, checked ? '1' : '')} />
      {label}
    </label>
  );
  return (
    <form class="filters search-form" role="search" onSubmit={(event) => event.preventDefault()}>
      <FilterField label="Text in a log" name="q" value={query.get('q') ?? ''} onChange={(text) => set('q', text)} />
      <BranchChoice value={query.get('branch') ?? ''} none="all branches" onChange={(name) => set('branch', name)} />
      <VerdictChoice value={query.get('verdict') ?? ''} choices={['success', 'failed']} onChange={(verdict) => set('verdict', verdict)} />
      {box('case', 'Match case')}
      {box('regex', 'Regular expression')}
    </form>
  );
}

function Progress({ search: { phase, searched, of, found, problem }, stop }: { search: SearchState; stop: () => void }) {
  if (problem !== undefined && of === 0) return null;
  const runs = `${formatCount(searched)} of ${formatCount(of)} runs`;
  const hits = `found in ${formatCount(found.length)}`;
  if (phase !== 'searching') {
    return <p role="status">{phase === 'stopped' ? 'Stopped: searched' : 'Searched'} {runs}, {hits}.</p>;
  }
  return (
    <div class="row progress">
      <Spinner label="Searching" />
      <progress max={of || 1} value={searched} aria-label="Runs searched" />
      <span class="number">searched {runs}, {hits}</span>
      <button type="button" title="Stop (x)" onClick={stop}>Stop</button>
    </div>
  );
}

function Results({ search: { found, phase, problem }, query }: { search: SearchState; query: URLSearchParams }) {
  const [shown, setShown] = useState(shownAtFirst);
  const [q, regex, matchCase] = [query.get('q') ?? '', query.get('regex') === '1', query.get('case') === '1'];
  const expression = useMemo(() => expressionOf({ q, regex, matchCase }), [q, regex, matchCase]);
  if (q !== '' && phase === 'done' && found.length === 0 && problem === undefined) return <Nothing query={query} />;
  return (
    <>
      <ul class="plain-list">
        {found.slice(0, shown).map((one) => <FoundRun key={keyOf(one.run)} found={one} expression={expression} />)}
      </ul>
      {found.length > shown ? (
        <p><button type="button" onClick={() => setShown(shown + shownAtFirst)}>Show more of {formatCount(found.length - shown)} other runs</button></p>
      ) : null}
    </>
  );
}

function Nothing({ query }: { query: URLSearchParams }) {
  const filtered = ['branch', 'verdict', 'case'].some((name) => (query.get(name) ?? '') !== '');
  return (
    <EmptyState title="No log has this text">
      {filtered ? <Link href={`/search?${pick(query, ['q', 'regex'])}`}>Search all runs, in any case</Link> : 'A shorter text finds more; with “Regular expression” a dot stands for any character.'}
    </EmptyState>
  );
}

const examples: readonly [string, string][] = [
  ['q=error', 'error'],
  ['q=timed out&verdict=failed', 'timed out, in runs that failed'],
  ['q=warning: .* deprecated&regex=1', 'warning: .* deprecated, as a regular expression'],
];

function Examples() {
  return (
    <EmptyState title="When was this seen before?">
      <p>Type what a log said: all runs are looked through, the newest first. For example:</p>
      {examples.map(([query, words]) => <p key={query}><Link href={`/search?${new URLSearchParams(query).toString()}`}>{words}</Link></p>)}
      <p>In a terminal: <code>git jci grep 'timed out'</code></p>
    </EmptyState>
  );
}

function useSearchKeys(stop: () => void): void {
  const field = useRef<HTMLInputElement | null>(null);
  const focus = (): void => field.current?.focus();
  useEffect(() => {
    field.current = document.querySelector('input[name=q]');
    if (field.current?.value === '') focus();
  }, []);
  useKeys({ '/': { label: 'Search', run: focus }, x: { label: 'Stop the search', run: stop } });
}
