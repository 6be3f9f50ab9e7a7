import { formatDuration } from '../base/duration.ts';
import type { TestCase, TestsFile, TestTotals } from '../model/test-case.ts';
import { printable } from '../output/terminal-text.ts';
import { ansiToHtml } from './ansi-html.ts';
import { escapeHtml } from './html.ts';
import { count, heading } from './heading.ts';

/** All are in tests.json: the page shows what somebody would read. */
const listedFailures = 100;
const listedOthers = 500;
/** Of these the details are open from the start. */
const openFailures = 3;

/** Failed tests with what they said; the others folded away. */
export function testSection(tests: TestsFile | undefined): string {
  if (tests === undefined || tests.cases.length === 0) return '';
  const isFailure = ({ status }: TestCase): boolean => status === 'failed' || status === 'error';
  const failures = tests.cases.filter(isFailure);
  const others = tests.cases.filter((test) => !isFailure(test));
  return [heading('Tests', totalsText(tests.totals)), splitBar(tests.totals), failureList(failures), otherList(others, tests.omitted ?? 0)].join('');
}

function totalsText({ failed, passed, skipped, durationMs }: TestTotals): string {
  const parts = [failed > 0 ? `${failed} failed` : '', `${passed} passed`, skipped > 0 ? `${skipped} skipped` : ''];
  return `${parts.filter(Boolean).join(', ')}${durationMs > 0 ? `, ${formatDuration(durationMs)}` : ''}`;
}

function splitBar({ failed, passed, skipped }: TestTotals): string {
  const part = (n: number, color: string): string => (n > 0 ? `<div style="flex:${n};background:var(--${color})"></div>` : '');
  return `<div class="split">${part(failed, 'bad')}${part(passed, 'good')}${part(skipped, 'line')}</div>\n`;
}

function failureList(failures: readonly TestCase[]): string {
  if (failures.length === 0) return '';
  const items = failures.slice(0, listedFailures).map((test, index) => `<li>${failure(test, index < openFailures)}</li>\n`);
  const omitted = failures.length - listedFailures;
  return `<ul class="plain">${items.join('')}${omitted > 0 ? `<li class="soft">and ${omitted} more in tests.json</li>` : ''}</ul>\n`;
}

function failure(test: TestCase, open: boolean): string {
  const { file, line, message, details } = test;
  const where = file === undefined ? '' : ` <code class="soft">${escapeHtml(printable(file))}${line === undefined ? '' : `:${line}`}</code>`;
  const title = `${caseTitle(test)}${where}`;
  // Reports usually repeat the message at the top of the details.
  const said = details !== undefined && message !== undefined && details.includes(message) ? details : [message, details].filter(Boolean).join('\n');
  if (said === '') return title;
  return `<details${open ? ' open=""' : ''}><summary>${title}</summary><pre>${ansiToHtml(said)}</pre></details>`;
}

function otherList(others: readonly TestCase[], omittedBefore: number): string {
  if (others.length === 0) return '';
  const items = others.slice(0, listedOthers).map((test) => `<li>${caseTitle(test)}</li>\n`);
  const omitted = omittedBefore + Math.max(0, others.length - listedOthers);
  const rest = omitted > 0 ? `<li class="soft">and ${omitted} more</li>` : '';
  return `<details><summary>${count(others.length, 'test')} passed or skipped</summary><ul class="plain">${items.join('')}${rest}</ul></details>\n`;
}

const looks: Record<TestCase['status'], { symbol: string; color: string }> = {
  passed: { symbol: '✓', color: 'good' },
  failed: { symbol: '✗', color: 'bad' },
  error: { symbol: '✗', color: 'bad' },
  skipped: { symbol: '○', color: 'soft' },
};

function caseTitle({ suite, name, status, durationMs }: TestCase): string {
  const { symbol, color } = looks[status];
  const time = durationMs === null ? '' : `<span class="size">${formatDuration(durationMs)}</span>`;
  const group = suite === '' ? '' : `<span class="soft">${escapeHtml(printable(suite))} › </span>`;
  return `${time}<span class="${color}" title="${status}">${symbol}</span> ${group}${escapeHtml(printable(name))}`;
}
