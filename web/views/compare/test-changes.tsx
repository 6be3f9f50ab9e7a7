import type { ComponentChildren } from 'preact';
import type { Comparison } from '../../../src/api/compare.ts';
import type { TestCase } from '../../../src/model/test-case.ts';
import { lookOf } from '../../chart/marks.ts';
import { Duration } from '../../parts/duration.tsx';
import { VerdictMark } from '../../parts/verdict-mark.tsx';
import { formatCount } from '../../parts/format-count.ts';
import { TestLink } from '../test-history/test-link.tsx';
import { describeChange } from './differences.ts';

type Tests = Comparison['tests'];
type Change = Tests['broken']['tests'][number];

/** Lists of changes, the most urgent first: only what broke is unfolded. */
const lists = [
  ['broken', 'Broken'],
  ['fixed', 'Fixed'],
  ['stillFailing', 'Still failing'],
  ['slower', 'Slower'],
] as const;
const caseLists = [
  ['added', 'Added'],
  ['removed', 'Removed'],
] as const;
const restLists = [
  ['nowSkipped', 'Now skipped'],
  ['nowRunning', 'No longer skipped'],
] as const;

/** Which tests have another result, or are new or gone. */
export function TestChanges({ tests }: { tests: Tests }) {
  const none = Object.values(tests).every(({ total }) => total === 0);
  return (
    <section>
      <h2>Tests</h2>
      {none ? <p class="quiet-text">No test has another result.</p> : null}
      {lists.map(([name, title]) => <Changes key={name} title={title} list={tests[name]} open={name === 'broken'} slower={name === 'slower'} />)}
      {caseLists.map(([name, title]) => (
        <Fold key={name} title={title} total={tests[name].total} shown={tests[name].tests.length}>
          {tests[name].tests.map((test, index) => <Row key={index} test={test} />)}
        </Fold>
      ))}
      {restLists.map(([name, title]) => <Changes key={name} title={title} list={tests[name]} />)}
    </section>
  );
}

function Changes({ title, list, open = false, slower = false }: { title: string; list: Tests['broken']; open?: boolean; slower?: boolean }) {
  return (
    <Fold title={title} total={list.total} shown={list.tests.length} open={open}>
      {list.tests.map((change, index) => <Row key={index} test={change.after} more={slower ? timesOf(change) : undefined} />)}
    </Fold>
  );
}

function timesOf({ before, after }: Change) {
  if (before.durationMs === null || after.durationMs === null) return null;
  return (
    <>
      <Duration ms={before.durationMs} /> → <Duration ms={after.durationMs} /> ({describeChange(before.durationMs, after.durationMs)})
    </>
  );
}

function Fold({ title, total, shown, open = false, children }: { title: string; total: number; shown: number; open?: boolean; children: ComponentChildren }) {
  if (total === 0) return null;
  return (
    <details open={open}>
      <summary>{title} ({formatCount(total)})</summary>
      <ul class="plain-list">{children}</ul>
      {total > shown ? <p class="quiet-text">The first {shown} are shown.</p> : null}
    </details>
  );
}

function Row({ test, more }: { test: TestCase; more?: ComponentChildren }) {
  return (
    <li>
      <VerdictMark verdict={lookOf[test.status]} label={test.status} brief /> <TestLink {...test} /> <span class="quiet-text">{more}</span>
      {test.message === undefined || test.status === 'skipped' ? null : <pre class="failure">{test.message}</pre>}
    </li>
  );
}
