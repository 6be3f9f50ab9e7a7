import type { RefObject } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { RunDetail } from '../../../src/api/run-detail.ts';
import { testList } from '../../../src/api/tests.ts';
import type { RunKey } from '../../../src/model/run-ref.ts';
import type { TestCase } from '../../../src/model/test-case.ts';
import { useEndless, type Endless, type Source } from '../../state/use-endless.ts';
import { TestCaseItem } from './test-case.tsx';

const groupSize = 100;

/** The tests of a run that fit a filter, page by page. @param filters of the URL, encoded. */
export function useCases({ commit, runId }: RunKey, filters: string, fits: (test: TestCase) => boolean = () => true): Endless<TestCase> {
  const base = `/api/tests/${commit}/${runId}?${filters}`;
  const source: Source<typeof testList, TestCase> = {
    schema: testList,
    url: (from) => `${base}&offset=${Number(from)}`,
    part({ cases, found }, from) {
      const next = Number(from) + cases.length;
      return { items: cases.filter(fits), next: cases.length > 0 && next < found ? String(next) : null };
    },
  };
  return useEndless(source, '');
}

/** Tests as a list. Those far away are made, but cost the browser nothing until they come near. */
export function CaseList({ run, list }: { run: RunDetail; list: Endless<TestCase> }) {
  const end = useRef<HTMLDivElement>(null);
  useNear(end, list.more);
  const groups = Array.from({ length: Math.ceil(list.items.length / groupSize) }, (_, index) => index);
  return (
    <>
      {groups.map((index) => <Group key={index} run={run} list={list.items} from={index * groupSize} />)}
      <div ref={end} />
    </>
  );
}

function Group({ run, list, from }: { run: RunDetail; list: readonly TestCase[]; from: number }) {
  const first = list[from];
  const last = list[Math.min(from + groupSize, list.length) - 1];
  // The same element is not compared again: only what is new or unfolded is drawn when more tests come.
  return useMemo(
    () => <div class="case-group">{list.slice(from, from + groupSize).map((test, index) => <TestCaseItem key={`${from + index} ${test.name}`} run={run} test={test} />)}</div>,
    [first, last],
  );
}

function useNear(element: RefObject<HTMLElement>, act: () => void): void {
  useEffect(() => {
    if (element.current === null) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting === true && act(), { rootMargin: '800px' });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [act]);
}
