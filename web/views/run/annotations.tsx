import { useState } from 'preact/hooks';
import { Link } from '../../navigation.tsx';
import { linePath } from '../../../src/api/paths.ts';
import type { RunDetail } from '../../../src/api/run-detail.ts';
import { annotationLevels, bySeverity, type Annotation } from '../../../src/model/annotation.ts';
import type { Verdict } from '../../parts/verdict.ts';

/** A sign, and the verdict whose colour it has. */
const looks: Record<Annotation['level'], readonly [string, Verdict]> = { error: ['✗', 'failed'], warning: ['▲', 'timeout'], notice: ['i', 'none'] };
const few = 10;

/** What the script pointed out, errors first, each with its place in the log. */
export function Annotations({ run }: { run: RunDetail }) {
  const [all, setAll] = useState(false);
  const { annotations, annotationsOmitted } = run.record ?? run;
  if (annotations.length === 0) return null;
  const sorted = bySeverity(annotations);
  return (
    <section aria-labelledby="annotations">
      <h2 id="annotations">{headingOf(annotations)}</h2>
      <ul class="annotations">
        {sorted.slice(0, all ? undefined : few).map((annotation, index) => (
          <li key={index}>
            <Mark level={annotation.level} />
            <span>
              <strong>{annotation.title} </strong>
              <span class="wrapped">{annotation.message}</span>{' '}
              <span class="quiet-text">
                {annotation.file === undefined ? null : <code>{sourceOf(annotation)}</code>} <Link href={linePath(run.item, annotation.logLine)}>line {annotation.logLine} of the log</Link>
              </span>
            </span>
          </li>
        ))}
      </ul>
      {all || sorted.length <= few ? null : <button type="button" onClick={() => setAll(true)}>Show all {sorted.length}</button>}
      {annotationsOmitted ? <p class="quiet-text">{annotationsOmitted} more are in the log.</p> : null}
    </section>
  );
}

function Mark({ level }: Pick<Annotation, 'level'>) {
  const [sign, verdict] = looks[level];
  return <span class={`verdict ${verdict}`} title={level}><span class="verdict-sign" aria-hidden="true">{sign}</span><span class="hidden-text">{level}</span></span>;
}

const headingOf = (annotations: readonly Annotation[]): string =>
  annotationLevels
    .map((level) => [level, annotations.filter((annotation) => annotation.level === level).length] as const)
    .flatMap(([level, count]) => (count === 0 ? [] : [`${count} ${level}${count === 1 ? '' : 's'}`]))
    .join(', ');

const sourceOf = ({ file, line, col }: Annotation): string => [file, line, col].filter((part) => part !== undefined).join(':');
