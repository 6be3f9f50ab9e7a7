import { archivePath, logName, testsName } from '../../../src/api/paths.ts';
import type { RunDetail } from '../../../src/api/run-detail.ts';
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

/** The page of a run that needs no server, unless the script made one of its own: it is shown apart from the other artefacts. */
export const pageName = 'index.html';

const counted = (label: string, count: number): string => (count === 0 ? label : `${label} (${count.toLocaleString('en')})`);

/** All files of a run in one. */
export function ArchiveLinks({ run }: { run: RunDetail }) {
  return (
    <>
      {(['zip', 'tar'] as const).map((kind) => (
        <a key={kind} class="button" href={archivePath(run.item, kind)} download>All as .{kind}</a>
      ))}
    </>
  );
}
