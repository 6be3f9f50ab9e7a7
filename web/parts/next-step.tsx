import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { Link } from '../navigation.tsx';
import { runPath } from '../../src/api/paths.ts';
import { liveRuns } from '../api/events.ts';
import { loadInfo, repository } from '../state/info.ts';
import { CopyButton } from './copy-button.tsx';

/** What a repository without runs needs next: a commit, a script, a run, or a moment. */
export function NextStep() {
  const info = repository.value;
  // Of changes of refs it hears anyway.
  useEffect(loadInfo, []);
  const [first] = liveRuns.value;
  if (info === undefined) return null;
  if (first !== undefined) return <p>The first run is under way: <Link href={runPath(first)}>watch it</Link>. Its result comes here by itself.</p>;
  if (info.head === null) return <p>There is no commit yet. Make one with <code>git commit</code>; its runs will be here.</p>;
  if (!info.hasScript) return <Step command="git jci init">There is no <code>.jci/run.sh</code> yet. This writes one for what the project is made of:</Step>;
  if (info.pruned) return <Step command="git jci run">All runs were pruned. This makes a new one of the commit you are on:</Step>;
  return <Step command="git jci run">Nothing was run yet. This runs <code>.jci/run.sh</code> on the commit you are on:</Step>;
}

function Step({ command, children }: { command: string; children: ComponentChildren }) {
  return (
    <>
      <p>{children}</p>
      <p><span class="run-command"><code>{command}</code><CopyButton text={command} /></span></p>
    </>
  );
}
