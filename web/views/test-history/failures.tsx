import type { TestHistory } from '../../../src/api/tests.ts';
import { keyOf } from '../../../src/model/run-ref.ts';
import { RunLink } from '../../parts/run-link.tsx';
import { When } from '../../parts/when.tsx';
import { groupFailures } from './history-words.ts';

/** Why a test failed: each reason once, with the runs it was seen in. */
export function Failures({ results }: { results: TestHistory['results'] }) {
  const groups = groupFailures(results);
  if (groups.length === 0) return null;
  return (
    <section>
      <h2>Failures</h2>
      <ul class="plain-list">
        {groups.map(({ message, results: failed }, index) => (
          <li key={message}>
            <details open={index === 0}>
              <summary>
                {failed.length} × {message === '' ? 'without a message' : message.split('\n', 1)[0]}
              </summary>
              {message.includes('\n') ? <pre class="failure">{message}</pre> : null}
              {failed.map(({ run }) => (
                <p key={keyOf(run)} class="row">
                  <RunLink run={run} /> <span class="quiet-text">{run.branch} <When time={run.startedAt} /></span>
                </p>
              ))}
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}
