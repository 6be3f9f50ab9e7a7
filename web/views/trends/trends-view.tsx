import { Page } from '../../parts/page.tsx';

/** How runs, steps and tests do over time. */
export function TrendsView() {
  return <Page title="Trends" />;
}
