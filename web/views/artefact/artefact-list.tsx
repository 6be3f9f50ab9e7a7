import { useMemo, useState } from 'preact/hooks';
import { Link } from '../../navigation.tsx';
import { filePath } from '../../../src/api/paths.ts';
import type { Artefact, RunDetail } from '../../../src/api/run-detail.ts';
import { formatSize } from '../../../src/base/byte-size.ts';
import { FilterField } from '../../parts/filter-field.tsx';
import { VirtualRows } from '../../parts/virtual-rows.tsx';
import { formatCount } from '../../parts/format-count.ts';
import { rowsOf, treeOf, type TreeRow } from './artefact-tree.ts';
import './artefact.css';

const rowHeight = 30;
/** Up to so many files all folders are open at first. */
const few = 50;

/** Artefacts as a tree whose folders fold. */
export function ArtefactList({ run, artefacts }: { run: RunDetail; artefacts: readonly Artefact[] }) {
  const [text, setText] = useState('');
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const tree = useMemo(() => treeOf(text === '' ? artefacts : artefacts.filter(({ path }) => path.toLowerCase().includes(text.toLowerCase()))), [artefacts, text]);
  const openAtFirst = tree.files <= few || text !== '';
  const rows = useMemo(() => rowsOf(tree, (path) => openAtFirst !== toggled.has(path)), [tree, toggled, openAtFirst]);
  const toggle = (path: string): void => setToggled((old) => (old.has(path) ? new Set([...old].filter((other) => other !== path)) : new Set([...old, path])));
  return (
    <>
      {artefacts.length <= few ? null : (
        <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
          <FilterField label="Path" name="path" value={text} onChange={setText} />
        </form>
      )}
      <VirtualRows
        label="Artefacts"
        count={rows.length}
        rowHeight={rowHeight}
        current={-1}
        keyOf={(index) => `${rows[index]?.kind} ${rows[index]?.path}`}
        onEnd={nothing}
        row={(index) => (rows[index] === undefined ? null : <Row row={rows[index]} run={run} toggle={toggle} />)}
      />
      {rows.length === 0 ? <p class="quiet-text">No path has that in it.</p> : null}
    </>
  );
}

function nothing(): void {
  // All of them are here.
}

function Row({ row, run, toggle }: { row: TreeRow; run: RunDetail; toggle: (path: string) => void }) {
  const style = { paddingLeft: `${row.depth * 1.25}rem` };
  if (row.kind === 'folder') {
    return (
      <div class="artefact" style={style}>
        <button type="button" class="quiet" aria-expanded={row.open} onClick={() => toggle(row.path)}>
          <span aria-hidden="true">{row.open ? '▾' : '▸'}</span> {row.name}/
        </button>
        <span class="artefact-size">{formatCount(row.files)} file{row.files === 1 ? '' : 's'}, {formatSize(row.size)}</span>
      </div>
    );
  }
  const { href, size, executable, kind } = row.file;
  return (
    <div class="artefact" style={style}>
      <span class="artefact-name"><Link href={filePath(run.item, href)}>{row.name}</Link>{executable ? <span class="quiet-text" title="executable"> *<span class="hidden-text">executable</span></span> : null}</span>
      <span class="artefact-size">{kind === 'link' ? 'link' : formatSize(size)}</span>
    </div>
  );
}
