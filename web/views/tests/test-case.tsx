import { useState } from 'preact/hooks';
import type { TestCase } from '../../../src/model/test-case.ts';
import { Duration } from '../../parts/duration.tsx';
import { VerdictMark } from '../../parts/verdict-mark.tsx';
import type { Verdict } from '../../parts/verdict.ts';
import { HistoryLink } from './history-link.tsx';
import './tests.css';

const verdicts: Record<TestCase['status'], Verdict> = { passed: 'passed', failed: 'failed', error: 'broken', skipped: 'none' };

/** A test in one line, which unfolds to all that its report says. */
export function TestCaseItem({ test, open = false }: { test: TestCase; open?: boolean }) {
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
        {isOpen ? <Details test={test} /> : null}
      </details>
      <HistoryLink test={test} />
    </div>
  );
}

function Details({ test: { message, details, file, line, report } }: { test: TestCase }) {
  return (
    <div class="case-details">
      {/* Reports often begin the details with the message. */}
      {message === undefined || details?.startsWith(message) === true ? null : <p class="wrapped">{message}</p>}
      {details === undefined ? null : <pre class="wrapped" tabIndex={0}>{details}</pre>}
      <p class="quiet-text">
        {file === undefined ? null : <><code>{line === undefined ? file : `${file}:${line}`}</code>, </>}read from <code>{report}</code>
      </p>
    </div>
  );
}
