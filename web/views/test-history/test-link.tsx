import { testPath } from '../../../src/api/paths.ts';
import { Link } from '../../navigation.tsx';

/** The way to a test's history: its suite, and its name. */
export function TestLink({ suite, name }: { suite: string; name: string }) {
  return (
    <>
      {suite === '' ? null : <span class="quiet-text">{suite} › </span>}
      <Link href={testPath({ suite, name })}>{name === '' ? '(no name)' : name}</Link>
    </>
  );
}
