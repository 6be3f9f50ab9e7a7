import { Page } from '../../parts/page.tsx';

/** The log of a run. */
export function LogView({ commit }: { commit: string; runId: string }) {
  return <Page title={`Log of ${commit.slice(0, 7)}`} />;
}
