import { Page } from '../../parts/page.tsx';

/** Runs of any commit, newest first. */
export function RunsView() {
  return <Page title="Recent runs" />;
}
