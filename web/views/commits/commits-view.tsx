import { Page } from '../../parts/page.tsx';

/** The commits of a branch. */
export function CommitsView() {
  return <Page title="Commits" />;
}
