import { Page } from '../../parts/page.tsx';

/** One file of a result. `href` is percent-encoded. */
export function ArtefactView({ commit }: { commit: string; runId: string; href: string }) {
  return <Page title={`Artefact of ${commit.slice(0, 7)}`} />;
}
