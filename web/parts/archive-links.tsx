import { archivePath } from '../../src/api/paths.ts';
import type { RunKey } from '../../src/model/run-ref.ts';

/** All files of a run in one. */
export function ArchiveLinks({ run }: { run: RunKey }) {
  return (
    <>
      {(['zip', 'tar'] as const).map((kind) => (
        <a key={kind} class="button" href={archivePath(run, kind)} download>All as .{kind}</a>
      ))}
    </>
  );
}
