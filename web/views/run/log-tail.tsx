import { useLayoutEffect, useRef } from 'preact/hooks';
import { Link } from '../../navigation.tsx';
import { logLines } from '../../../src/api/log.ts';
import { linePath, logApi } from '../../../src/api/paths.ts';
import type { RunKey } from '../../../src/model/run-ref.ts';
import { stateAfter } from '../../../src/output/colored-text.ts';
import { useAnswer } from '../../api/fetch-json.ts';
import { fillText } from '../../log/line-text.ts';
import { Spinner } from '../../parts/spinner.tsx';

/** Some lines of a log as they are in the log's view. @param first `null` for those at its end. @param marked the one that matters. @param news another one where they may have grown. */
export function LogTail({ run, first, count, marked, news }: { run: RunKey; first: number | null; count: number; marked?: number; news?: number }) {
  // Answered once the log has been read to its end: before, nobody knows where that is.
  const size = useAnswer(logLines, first === null ? `${logApi(run)}/lines?from=${Number.MAX_SAFE_INTEGER}&count=0` : null);
  const from = first ?? (size.data === undefined ? null : Math.max(1, size.data.total - count + 1));
  const { data, problem } = useAnswer(logLines, from === null ? null : `${logApi(run)}/lines?from=${from}&count=${count}`, news);
  const failure = problem ?? size.problem;
  if (failure !== undefined) return <p class="quiet-text">{failure.error}</p>;
  if (data === undefined) return <Spinner />;
  let state = data.state;
  return (
    <div class="log-rows tail boxed">
      {data.lines.map(({ text }, index) => {
        const before = state;
        state = stateAfter(state, text);
        return <Line key={data.from + index} href={linePath(run, data.from + index)} number={data.from + index} text={text} state={before} isMarked={data.from + index === marked} />;
      })}
    </div>
  );
}

interface LineProps {
  href: string;
  number: number;
  text: string;
  state: string;
  isMarked: boolean;
}

function Line({ href, number, text, state, isMarked }: LineProps) {
  const element = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (element.current !== null) fillText(element.current, text, state);
  }, [text, state]);
  return (
    <div class={isMarked ? 'tail-row marked' : 'tail-row'}>
      <Link href={href} aria-label={`Line ${number}`}>{number}</Link>
      <span ref={element} />
    </div>
  );
}
