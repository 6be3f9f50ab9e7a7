import { Link } from '../navigation.tsx';

/** A commit by its first digits: the way to its newest run. */
export function CommitId({ hash }: { hash: string }) {
  return <Link href={`/jci/${hash}`} title={hash}><code>{hash.slice(0, 7)}</code></Link>;
}
