import type { ComponentChildren } from 'preact';
import { Link } from '../../navigation.tsx';
import { runPath } from '../../../src/api/paths.ts';
import type { RunItem } from '../../../src/api/run-item.ts';
import { Elapsed } from '../../parts/elapsed.tsx';
import { CommitId } from '../../parts/commit-id.tsx';
import { RunLink } from '../../parts/run-link.tsx';
import { verdictOf } from '../../parts/verdict.ts';
import { When } from '../../parts/when.tsx';
import { dirtyMeaning, outcomeSentence, verdictWords } from './outcome-sentence.ts';
import { RunSwitcher } from './run-switcher.tsx';
import type { Shown } from './use-run.ts';

/** What came of a run and why, and where it comes from. */
export function RunHeader({ detail, run }: Shown) {
  const { item, record } = run;
  return (
    <>
      <p class="run-outcome">
        <strong class={`verdict ${verdictOf(item)}`}>
          {verdictWords(item)} {item.live === null || item.live === 'lost' ? null : <Elapsed since={Date.parse(item.startedAt)} />}
        </strong>{' '}
        {outcomeSentence(run)}
      </p>
      {item.dirty ? <p class="run-dirty"><strong>± dirty</strong> {dirtyMeaning}</p> : null}
      <dl class="run-facts">
        <Fact name="Commit"><CommitId hash={item.commit} /> {detail.author === '' ? 'not in this repository' : `by ${detail.author}`}</Fact>
        <Fact name="Branch">{item.branch === null ? null : <Link href={`/?branch=${encodeURIComponent(item.branch)}`}>{item.branch}</Link>}</Fact>
        <Fact name="Trigger">{[item.trigger ?? '', record?.job ?? ''].filter((part) => part !== '').join(': ')}</Fact>
        <Fact name="Started"><When time={item.startedAt} /></Fact>
        <Fact name="By">{record === null ? null : `${record.user}@${record.host}`}</Fact>
        <Fact name="Run"><code>{item.runId}</code></Fact>
        <Reruns run={run} />
      </dl>
      <RunSwitcher detail={detail} run={run} />
    </>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return children === null || children === '' ? null : <div><dt>{name}</dt><dd>{children}</dd></div>;
}

function Reruns({ run: { rerunOf, rerunBy } }: Pick<Shown, 'run'>) {
  return (
    <>
      <Fact name="Repeats">{rerunOf === null ? null : <RunLink run={rerunOf} />}</Fact>
      <Fact name="Repeated by">{rerunBy.length === 0 ? null : rerunBy.map((run: RunItem) => <RunLink key={runPath(run)} run={run} />)}</Fact>
    </>
  );
}
