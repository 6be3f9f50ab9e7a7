import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Problem } from '../../../src/api/repository.ts';
import { framePath } from '../../../src/api/paths.ts';
import type { Artefact, RunDetail } from '../../../src/api/run-detail.ts';
import { formatSize } from '../../../src/base/byte-size.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Spinner } from '../../parts/spinner.tsx';
import { formatCount } from '../../parts/format-count.ts';
import { CaseList, useCases } from '../tests/case-list.tsx';
import { isNumber, parseDelimited, separatorOf, sortRows, type Order } from './delimited.ts';
import { readHead, type Head } from './read-head.ts';

interface Props {
  run: RunDetail;
  file: Artefact;
  raw: string;
}

const mostBytes = 512 * 1024;
const mostRows = 1000;
/** Browsers are busy with a table of very many cells for seconds. */
const mostColumns = 200;
const mostCells = 20_000;

/** What is in a file, as far as it can be shown. */
export function Preview({ run, file, raw }: Props) {
  switch (file.kind) {
    case 'image':
      return <Image file={file} raw={raw} />;
    case 'html':
      return <iframe class="preview-frame" sandbox="allow-scripts" src={framePath(run.item, file.href)} title={file.path} />;
    case 'junit':
      return <Report run={run} file={file} raw={raw} />;
    case 'binary':
      return <EmptyState title="This file cannot be shown here">By its name it is no text. Download it to open it.</EmptyState>;
    case 'link':
    case 'table':
    case 'text':
    case 'markdown':
      return <Text run={run} file={file} raw={raw} />;
  }
}

function Image({ file, raw }: Pick<Props, 'file' | 'raw'>) {
  const [failed, setFailed] = useState(false);
  if (failed) return <EmptyState title="The browser cannot show this image">Download it to open it.</EmptyState>;
  return <img class="preview-image" src={raw} alt={file.path} onError={() => setFailed(true)} />;
}

/** A test report: its cases, as they were read when the run was stored. */
function Report({ run, file }: Props) {
  const list = useCases(run.item, '', ({ report }) => report === file.path);
  return (
    <>
      <ErrorNotice problem={list.problem} />
      <CaseList run={run} list={list} />
      {list.loading ? <Spinner /> : null}
    </>
  );
}

function Text({ file, raw }: Props) {
  const { head, problem } = useHead(raw);
  if (problem !== undefined) return <ErrorNotice problem={problem} />;
  if (head === undefined) return <Spinner />;
  if (head.binary) return <EmptyState title="This file is no text">Download it to open it.</EmptyState>;
  if (head.text === '') return <p class="quiet-text">The file is empty.</p>;
  return (
    <>
      {file.kind === 'link' ? <p>A symbolic link. It points at:</p> : null}
      {file.kind === 'table' ? <Table path={file.path} text={head.text} /> : <pre class="preview-text boxed wrapped" tabIndex={0}>{head.text}</pre>}
      {head.cut ? <p>The first {formatSize(mostBytes)} of {formatSize(file.size)}. <a href={raw} download>Download all of it</a></p> : null}
    </>
  );
}

function Table({ path, text }: { path: string; text: string }) {
  const { rows: [first = [], ...unsorted], columns, cut } = useMemo(() => parseDelimited(text, separatorOf(path, text), mostRows + 1), [path, text]);
  const [by, setBy] = useState<Order>();
  const width = Math.min(columns, mostColumns);
  const rows = (by === undefined ? unsorted : sortRows(unsorted, by)).slice(0, mostCells / width);
  const sortBy = (column: number): void => setBy({ column, descending: by?.column === column && !by.descending });
  const places = Array.from({ length: width }, (_, index) => index);
  return (
    <div class="preview-table" tabIndex={0} role="region" aria-label={path}>
      <table>
        <thead><tr>{places.map((index) => (
          <th key={index} scope="col" aria-sort={by?.column !== index ? undefined : by.descending ? 'descending' : 'ascending'}>
            <button type="button" class="quiet" title="Sort" onClick={() => sortBy(index)}>{first[index]} {by?.column !== index ? '' : by.descending ? '▾' : '▴'}</button>
          </th>
        ))}</tr></thead>
        <tbody>
          {rows.map((row, line) => <tr key={line}>{places.map((index) => <td key={index} class={isNumber(row[index]) ? 'right' : undefined}>{row[index]}</td>)}</tr>)}
        </tbody>
      </table>
      {cut || rows.length < unsorted.length ? <p class="quiet-text">The first {formatCount(rows.length)} rows.</p> : null}
      {width < columns ? <p class="quiet-text">The first {width} of {formatCount(columns)} columns.</p> : null}
    </div>
  );
}

function useHead(url: string): { head?: Head | undefined; problem?: Problem | undefined } {
  const [state, setState] = useState<{ head?: Head | undefined; problem?: Problem | undefined }>({});
  useEffect(() => {
    const abort = new AbortController();
    readHead(url, mostBytes, abort.signal).then(setState, () => {
      // Aborted: another file is looked at.
    });
    return () => abort.abort();
  }, [url]);
  return state;
}
