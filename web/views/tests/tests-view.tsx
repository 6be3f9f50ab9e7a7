import { Page } from '../../parts/page.tsx';

/** All tests of a run. */
export function TestsView({ commit }: { commit: string; runId: string }) {
  return <Page title={`Tests of ${commit.slice(0, 7)}`} />;
}
