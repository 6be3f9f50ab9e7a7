import { Link } from '../../navigation.tsx';
import type { Comparison } from '../../../src/api/compare.ts';
import { filePath } from '../../../src/api/paths.ts';
import type { RunItem } from '../../../src/api/run-item.ts';
import { formatSize } from '../../../src/base/byte-size.ts';
import { formatCount } from '../../parts/format-count.ts';
import { TableBox } from '../../parts/table-box.tsx';

/** Files of the results that are not the same, each with the way to both. */
export function ArtefactChanges({ comparison: { a, b, artefacts } }: { comparison: Comparison }) {
  return (
    <section>
      <h2>Artefacts</h2>
      {artefacts.total === 0 ? (
        <p class="quiet-text">Both runs left the same.</p>
      ) : (
        <details open={artefacts.total <= 10}>
          <summary>Changed ({formatCount(artefacts.total)})</summary>
          <TableBox label="Changed artefacts" columns={[['Path'], ['Before', 'right'], ['After', 'right']]}>
            {artefacts.changed.map(({ path, href, before, after }) => (
              <tr key={href}>
                <th scope="row">{path}</th>
                <td class="right"><Size run={a} href={href} size={before} none="not there" /></td>
                <td class="right"><Size run={b} href={href} size={after} none="gone" /></td>
              </tr>
            ))}
          </TableBox>
          {artefacts.total > artefacts.changed.length ? <p class="quiet-text">The first {artefacts.changed.length} are shown.</p> : null}
        </details>
      )}
    </section>
  );
}

function Size({ run, href, size, none }: { run: RunItem; href: string; size: number | null; none: string }) {
  if (size === null) return <span class="quiet-text">{none}</span>;
  return <Link href={filePath(run, href)}>{formatSize(size)}</Link>;
}
