import { logName, pageName, testsName } from '../../../src/api/paths.ts';
import type { RunDetail } from '../../../src/api/run-detail.ts';
import { formatCount } from '../../parts/format-count.ts';
import { Tabs } from '../../parts/tabs.tsx';

export type RunTab = 'summary' | 'log' | 'tests' | 'artefacts';

/** The pages of a run. @param base the path of the first of them. */
export function RunTabs({ base, run, current }: { base: string; run: RunDetail | undefined; current: RunTab }) {
  const { passed = 0, failed = 0, skipped = 0 } = run?.tests?.totals ?? {};
  const artefacts = run?.artefacts.filter(({ path }) => path !== pageName) ?? [];
  return (
    <Tabs
      label="Run"
      tabs={[
        { href: base, label: 'Summary', current: current === 'summary' },
        { href: `${base}/${logName}`, label: 'Log', current: current === 'log' },
        { href: `${base}/${testsName}`, label: counted('Tests', passed + failed + skipped), current: current === 'tests' },
        { href: `${base}#artefacts`, label: counted('Artefacts', artefacts.length), current: current === 'artefacts' },
      ]}
    />
  );
}

const counted = (label: string, count: number): string => (count === 0 ? label : `${label} (${formatCount(count)})`);
