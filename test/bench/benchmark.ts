import { withRepo, type TestRepo } from '../helpers/repo.ts';
import type { Row } from './row.ts';
import type { Place } from './timed.ts';

/** What all cases are given. */
export interface Session {
  quick: boolean;
  /** The words that start git jci: the npm package under this Node. */
  jci: readonly string[];
  /** The standalone executable, when it is built. */
  standalone: string | undefined;
}

/** One or more rows that share what is expensive to prepare. */
export interface Benchmark {
  /** Names of its rows, as `--only` takes them. */
  names: readonly string[];
  /** @param wanted those of the names that are asked for. */
  measure(session: Session, wanted: ReadonlySet<string>): Promise<Row[]>;
}

/** A repository to measure in, removed afterwards, with as many rows as `body` returns. */
export async function inRepo(script: string, body: (repo: TestRepo, place: Place) => Promise<Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  await withRepo(
    async (repo) => {
      rows.push(...(await body(repo, placeOf(repo))));
    },
    { script },
  );
  return rows;
}

export const placeOf = (repo: TestRepo): Place => ({ cwd: repo.path, env: repo.env, scratch: repo.env['TMPDIR'] ?? repo.root });
