import { useEffect, useState } from 'preact/hooks';
import { filePath, linePath, testPath } from '../../../src/api/paths.ts';
import type { RunDetail } from '../../../src/api/run-detail.ts';
import type { TestCase } from '../../../src/model/test-case.ts';
import { Link } from '../../navigation.tsx';
import { Duration } from '../../parts/duration.tsx';
import { VerdictMark } from '../../parts/verdict-mark.tsx';
import type { Verdict } from '../../parts/verdict.ts';
import { findTestLine } from './line-in-log.ts';
import './tests.css';

const verdicts: Record<TestCase['status'], Verdict> = { passed: 'passed', failed: 'failed', error: 'broken', skipped: 'none' };

/** A test in one line, which unfolds to all that its report says. */
export function TestCaseItem({ run, test, open = false }: { run: RunDetail; test: TestCase; open?: boolean }) {
  // What is folded is not made: a list may have thousands.
  const [isOpen, setOpen] = useState(open);
  const { suite, name, status, message } = test;
  return (
    <div class="case">
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <VerdictMark verdict={verdicts[status]} label={status} brief />
          <span class="case-text">
            <span class="case-name">{suite === '' ? null : <span class="quiet-text">{suite} › </span>}{name}</span>
            {message === undefined || isOpen ? null : <span class="case-message">{message}</span>}
          </span>
          <span class="quiet-text"><Duration ms={test.durationMs} /></span>
        </summary>
        {isOpen ? <Details run={run} test={test} /> : null}
      </details>
      <Link href={testPath(test)} aria-label={`History of ${name}`}>history</Link>
    </div>
  );
}

function Details({ run, test }: { run: RunDetail; test: TestCase }) {
  const { message, details, file, line, report, status } = test;
  const stored = run.artefacts.find(({ path }) => path === report);
  return (
    <div class="case-details">
      {/* Reports often begin the details with the message. */}
      {message === undefined || details?.startsWith(message) === true ? null : <p class="wrapped">{message}</p>}
      {details === undefined ? null : <pre class="boxed wrapped" tabIndex={0}>{details}</pre>}
      <p class="quiet-text">
        {file === undefined ? null : <><code>{line === undefined ? file : `${file}:${line}`}</code>, </>}read from {stored === undefined ? <code>{report}</code> : <Link href={filePath(run.item, stored.href)}><code>{report}</code></Link>}
        {status === 'failed' || status === 'error' ? <LineInLog run={run} test={test} /> : null}
      </p>
    </div>
  );
}

/** The way to where the log tells of a failed test. Looked for once the test is unfolded: a run may have thousands that failed. */
function LineInLog({ run, test }: { run: RunDetail; test: TestCase }) {
  const [line, setLine] = useState<number | null>();
  useEffect(() => {
    const abort = new AbortController();
    void findTestLine(run, test, abort.signal).then((found) => abort.signal.aborted || setLine(found));
    return () => abort.abort();
  }, [run.item.runId, test]);
  if (line === undefined) return null;
  return <>, {line === null ? 'not to be found in the log' : <Link href={linePath(run.item, line)}>line {line} of the log</Link>}</>;
}
