import { Page } from '../../parts/page.tsx';

/** One run; without a run id the newest one of its commit. */
export function RunView({ commit }: { commit: string; runId: string | null }) {
  return <Page title={`Run of ${commit.slice(0, 7)}`} />;
}
