import { Link } from '../../navigation.tsx';
import { filePath, linePath, logName } from '../../../src/api/paths.ts';
import { CommitId } from '../../parts/commit-id.tsx';
import { RunFacts } from '../../parts/run-facts.tsx';
import { runTitle } from '../../parts/run-title.ts';
import { VerdictMark } from '../../parts/verdict-mark.tsx';
import { verdictOf } from '../../parts/verdict.ts';
import { markParts } from './marked.ts';
import type { Found } from './use-run-search.ts';

/** A run with the lines that were found in its log. */
export function FoundRun({ found: { run, subject, hits, more }, expression }: { found: Found; expression: RegExp | undefined }) {
  const log = filePath(run, logName);
  return (
    <li class="found-run">
      <div class="item">
        <VerdictMark verdict={verdictOf(run)} />
        <span class="item-text">
          <Link class="item-title" href={log}>{runTitle(subject, run)}</Link>
          <span class="item-more"><CommitId hash={run.commit} /> {run.branch}</span>
        </span>
        <RunFacts run={run} />
      </div>
      <ol>
        {hits.map(({ line, text }) => (
          <li key={line}>
            <Link href={linePath(run, line)} aria-label={`Line ${line}`}>{line}</Link>
            <code>{markParts(text, expression).map(({ text: part, hit }, index) => (hit ? <mark key={index}>{part}</mark> : part))}</code>
          </li>
        ))}
      </ol>
      {more ? <p class="quiet-text">There are more in <Link href={log}>this log</Link>.</p> : null}
    </li>
  );
}
