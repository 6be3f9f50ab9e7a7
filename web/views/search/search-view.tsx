import { Page } from '../../parts/page.tsx';

/** Search in the logs of all runs. */
export function SearchView() {
  return <Page title="Search" />;
}
