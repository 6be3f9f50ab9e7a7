import type { Problem } from '../../src/api/repository.ts';

/** What went wrong, and what may help. */
export function ErrorNotice({ problem }: { problem: Problem | undefined }) {
  if (problem === undefined) return null;
  return (
    <div class="notice" role="alert">
      <p>{problem.error}</p>
      {problem.hint === undefined ? null : <p class="quiet-text">{problem.hint}</p>}
    </div>
  );
}
