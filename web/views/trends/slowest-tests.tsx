import type { Trends } from '../../../src/api/trends.ts';
import { testKey } from '../../../src/model/test-case.ts';
import { Duration } from '../../parts/duration.tsx';
import { TableBox } from '../../parts/table-box.tsx';
import { TestLink } from '../test-history/test-link.tsx';

/** The tests that take the longest, each with the way to its history. */
export function SlowestTests({ tests }: { tests: Trends['slowestTests'] }) {
  const longest = tests[0]?.medianMs ?? 0;
  if (tests.length === 0) return null;
  return (
    <section>
      <h2>Slowest tests</h2>
      <TableBox label="Slowest tests" columns={[['Test'], ['Median', 'right'], ['', 'wide'], ['Longest', 'right'], ['Runs', 'right']]}>
        {tests.map((test) => (
          <tr key={testKey(test)}>
            <td><TestLink {...test} /></td>
            <td class="right"><Duration ms={test.medianMs} /></td>
            <td class="wide"><meter aria-hidden="true" max={longest} value={test.medianMs} /></td>
            <td class="right"><Duration ms={test.longestMs} /></td>
            <td class="right">{test.runs}</td>
          </tr>
        ))}
      </TableBox>
    </section>
  );
}
