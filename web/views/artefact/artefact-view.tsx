import { Link } from '../../navigation.tsx';
import { rawPath, runPath } from '../../../src/api/paths.ts';
import type { Artefact, RunDetail } from '../../../src/api/run-detail.ts';
import { formatSize } from '../../../src/base/byte-size.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { RunFrame } from '../run/run-frame.tsx';
import { ArchiveLinks } from '../../parts/archive-links.tsx';
import { ArtefactList } from './artefact-list.tsx';
import { isSameHref } from './artefact-tree.ts';
import { Preview } from './preview.tsx';
import './artefact.css';

/** One file of a result, or a folder. `href` is percent-encoded. */
export function ArtefactView({ commit, runId, href }: { commit: string; runId: string; href: string }) {
  return (
    <RunFrame commit={commit} runId={runId} tab="artefacts" title={nameOf(href)}>
      {({ run }) => <Shown key={href} run={run} href={href.replace(/\/$/, '')} />}
    </RunFrame>
  );
}

function nameOf(href: string): string {
  const name = href.slice(href.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    // Not UTF-8: as it stands in the address.
    return name;
  }
}

function Shown({ run, href }: { run: RunDetail; href: string }) {
  const file = run.artefacts.find((artefact) => isSameHref(artefact.href, href));
  if (file !== undefined) return <File run={run} file={file} />;
  const depth = href.split('/').length;
  const inside = run.artefacts.filter((artefact) => isSameHref(artefact.href.split('/').slice(0, depth).join('/'), href));
  if (inside.length > 0) return <ArtefactList run={run} artefacts={inside} />;
  if (run.item.live !== null) return <EmptyState title="Artefacts are stored when the script is over">This page goes on to them by itself.</EmptyState>;
  return (
    <EmptyState title="This run has no such artefact">
      <Link href={`${runPath(run.item)}#artefacts`}>All artefacts of this run</Link>
    </EmptyState>
  );
}

function File({ run, file }: { run: RunDetail; file: Artefact }) {
  const raw = rawPath(run.item, file.href);
  return (
    <>
      <h2 class="artefact-path">
        {file.path} <span class="quiet-text">{formatSize(file.size)}{file.executable ? ', executable' : ''}</span>
      </h2>
      <p class="row">
        <a class="button" href={raw} download={file.path.slice(file.path.lastIndexOf('/') + 1)}>Download</a>
        <a class="button" href={raw}>Raw</a>
        <ArchiveLinks run={run.item} />
      </p>
      <Preview run={run} file={file} raw={raw} />
    </>
  );
}
