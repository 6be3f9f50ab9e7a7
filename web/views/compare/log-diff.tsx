import { useState } from 'preact/hooks';
import { Link } from '../../navigation.tsx';
import { logComparison, type LogComparison } from '../../../src/api/compare.ts';
import { filePath, linePath, logName } from '../../../src/api/paths.ts';
import type { RunItem } from '../../../src/api/run-item.ts';
import { useAnswer } from '../../api/fetch-json.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Spinner } from '../../parts/spinner.tsx';
import { formatCount } from '../../parts/format-count.ts';
import { numberLines, type NumberedLine } from './differences.ts';

interface Props {
  a: RunItem;
  b: RunItem;
  /** Both, as a query. */
  pair: string;
}

/** How the logs differ: asked for once somebody wants to see it. */
export function LogDiff({ a, b, pair }: Props) {
  const [open, setOpen] = useState(false);
  useKeys({ l: { label: 'Show how the logs differ', run: () => setOpen((old) => !old) } });
  const { data, problem, loading } = useAnswer(logComparison, open ? `/api/compare/log?${pair}` : null);
  return (
    <section>
      <h2>Log</h2>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>How the logs differ, times ignored</summary>
        <ErrorNotice problem={problem} />
        {open && loading ? <Spinner label="Comparing the logs" /> : null}
        {data === undefined ? null : <Hunks diff={data} a={a} b={b} />}
      </details>
    </section>
  );
}

function Hunks({ diff, a, b }: { diff: LogComparison; a: RunItem; b: RunItem }) {
  const [before, after] = [filePath(a, logName), filePath(b, logName)];
  if (diff.hunks.length === 0) return <p class="quiet-text">Apart from times and the like, both logs say the same.</p>;
  return (
    <>
      <p class="quiet-text">
        Lines only in <Link href={before}>the first log</Link>: {formatCount(diff.removed)}; only in <Link href={after}>the second</Link>: {formatCount(diff.added)}.
        {diff.cut ? ' There are more differences than are shown.' : ''}
      </p>
      <div class="diff" tabIndex={0} role="region" aria-label="Differences of the logs">
        {diff.hunks.map((hunk) => (
          <table key={`${hunk.before} ${hunk.after}`} aria-label={`From line ${hunk.before}, now line ${hunk.after}`}>
            <tbody>{numberLines(hunk).map((line, index) => <DiffLine key={index} line={line} a={a} b={b} />)}</tbody>
          </table>
        ))}
      </div>
    </>
  );
}

const looks = { same: [' ', ''], removed: ['−', 'removed'], added: ['+', 'added'] } as const;
const colours = /\x1b\[[\d;:]*m/g;

function DiffLine({ line, a, b }: { line: NumberedLine } & Pick<Props, 'a' | 'b'>) {
  const [sign, word] = looks[line.kind];
  return (
    <tr class={line.kind}>
      <td>{line.before === undefined ? null : <Link href={linePath(a, line.before)}>{line.before}</Link>}</td>
      <td>{line.after === undefined ? null : <Link href={linePath(b, line.after)}>{line.after}</Link>}</td>
      <td>
        <span aria-hidden="true">{sign}</span>
        <span class="hidden-text">{word}</span>
      </td>
      <td>{line.text.replace(colours, '')}</td>
    </tr>
  );
}
