import { useLocation, useSearchParams } from './navigation.tsx';
import { placeOf } from './location.ts';
import { EmptyState } from './parts/empty-state.tsx';
import { Page } from './parts/page.tsx';
import { ArtefactView } from './views/artefact/artefact-view.tsx';
import { CommitsView } from './views/commits/commits-view.tsx';
import { CompareView } from './views/compare/compare-view.tsx';
import { LogView } from './views/log/log-view.tsx';
import { RunView } from './views/run/run-view.tsx';
import { RunsView } from './views/runs/runs-view.tsx';
import { SearchView } from './views/search/search-view.tsx';
import { TestHistoryView } from './views/test-history/test-history-view.tsx';
import { TestsView } from './views/tests/tests-view.tsx';
import { TrendsView } from './views/trends/trends-view.tsx';

/** The view that the address asks for. */
export function Routes() {
  // To hear of changes.
  useLocation();
  useSearchParams();
  const place = placeOf(location.pathname);
  switch (place.view) {
    case 'commits':
      return <CommitsView />;
    case 'runs':
      return <RunsView />;
    case 'search':
      return <SearchView />;
    case 'trends':
      return <TrendsView />;
    case 'compare':
      return <CompareView />;
    case 'tests':
      return <TestHistoryView />;
    case 'run':
      return <RunView commit={place.commit} runId={place.runId} />;
    case 'log':
      return <LogView commit={place.commit} runId={place.runId} />;
    case 'run-tests':
      return <TestsView commit={place.commit} runId={place.runId} />;
    case 'artefact':
      return <ArtefactView commit={place.commit} runId={place.runId} href={place.href} />;
    case 'unknown':
      return <UnknownView />;
  }
}

function UnknownView() {
  return (
    <Page title="Not found">
      <EmptyState title="There is no such page">
        <a href="/">All commits</a>
      </EmptyState>
    </Page>
  );
}
