import type { TestHistory } from '../../../src/api/tests.ts';
import { testStatuses } from '../../../src/model/test-case.ts';
import { formatCount } from '../../parts/format-count.ts';

/** How often a test had which result, and since when it has the one it has now. */
export function describeHistory({ results, looked }: TestHistory): string {
  const [latest] = results;
  if (latest === undefined) return '';
  const counts = testStatuses.map((status) => ({ status, count: results.filter((result) => result.status === status).length }));
  const list = counts.filter(({ count }) => count > 0).map(({ status, count }) => `${count} × ${status}`);
  const other = results.findIndex(({ status }) => status !== latest.status);
  const since = other === -1 ? 'in all of them' : other === 1 ? 'only in the latest' : `in the latest ${other}`;
  return `${list.join(', ')}; ${latest.status} ${since}. ${formatCount(looked)} runs were looked at.`;
}

/** Failures with the same message are told as one, the newest first. */
export function groupFailures(results: TestHistory['results']): { message: string; results: TestHistory['results'] }[] {
  const groups: { message: string; results: TestHistory['results'] }[] = [];
  for (const result of results) {
    if (result.status !== 'failed' && result.status !== 'error') continue;
    const message = result.message ?? '';
    const same = groups.find((group) => group.message === message);
    if (same === undefined) groups.push({ message, results: [result] });
    else same.results.push(result);
  }
  return groups;
}
