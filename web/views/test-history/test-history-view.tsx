import { Page } from '../../parts/page.tsx';

/** One test over many runs: `?suite=&name=`; without a name all flaky tests. */
export function TestHistoryView() {
  return <Page title="Flaky tests" />;
}
