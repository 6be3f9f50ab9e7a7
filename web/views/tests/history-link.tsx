import { Link } from '../../navigation.tsx';
import type { TestCase } from '../../../src/model/test-case.ts';

/** The way to the history of a test. */
export function HistoryLink({ test: { suite, name } }: { test: Pick<TestCase, 'suite' | 'name'> }) {
  return <Link href={`/tests?suite=${encodeURIComponent(suite)}&name=${encodeURIComponent(name)}`} aria-label={`History of ${name}`}>history</Link>;
}
