import { formatSize } from '../../base/byte-size.ts';
import { formatAge } from '../../base/duration.ts';
import { shortId } from '../../model/object-id.ts';
import type { RunRecord } from '../../model/record.ts';
import { runIdSeconds } from '../../model/run-id.ts';
import { printable } from '../../output/terminal-text.ts';
import { outcomeSentence } from '../../run/log-text.ts';
import { statusSymbol } from '../render/status-symbol.ts';
import { renderTable } from '../render/table.ts';
import { accountLines } from './account.ts';
import { logTailLines } from './log-tail.ts';
import { annotationLines, stepLines, testLines } from './run-parts.ts';
import type { Look, ShownRun } from './shown-run.ts';

/** More artefacts than this are counted, not listed: `get` has them all. */
const listedArtefacts = 30;

/** The lines of `git jci show`. */
export async function describeRun(run: ShownRun, look: Look): Promise<string[]> {
  return [
    ...headline(run, look),
    ...(await facts(run, look)),
    ...(await stepLines(run, look)),
    ...testLines(run.tests, look),
    ...annotationLines(run.record?.annotations ?? [], look),
    ...accountLines(run, look),
    ...logTailLines(run, look),
    ...(await artefactLines(run, look)),
    ...(run.record?.notes ?? []).map((note) => look.colors.yellow(`note: ${printable(note)}`)),
  ];
}

function headline({ record, summary, runId }: ShownRun, { ctx, colors }: Look): string[] {
  const state = summary?.outcome ?? summary?.status ?? 'unreadable';
  const sentence = record === null ? state : outcomeSentence(record, record.durationMs);
  const color = summary?.status === 'ok' ? colors.green : colors.red;
  return [`${statusSymbol(state, ctx, colors)} ${color(printable(sentence))}  ${colors.dim(`run ${runId}`)}`];
}

async function facts(run: ShownRun, { ctx, colors, width }: Look): Promise<string[]> {
  const { record } = run;
  const age = formatAge(ctx.now() - runIdSeconds(run.runId) * 1000);
  const rows: [string, string | undefined][] = [
    ['commit', `${colors.yellow(shortId(run.commit))} ${printable(run.subject ?? '(not here)')}`],
    ['branch', record?.branch ?? run.summary?.branch],
    ['started', record === null ? age : `${record.startedAt} (${age})`],
    ['by', record === null ? undefined : `${record.user}@${record.host} (${record.trigger}${record.job === undefined ? '' : `: ${record.job}`})`],
    ['in', record === null ? undefined : placeOf(record)],
    ['rerun of', record?.rerunOf],
    ['with', record === null ? undefined : `git jci ${record.jciVersion}, git ${record.gitVersion}, ${record.platform}`],
  ];
  const known = rows.filter(([, value]) => value !== undefined);
  return [await renderTable(known.map(([name, value]) => [`  ${colors.dim(name)}`, printableField(name, value)]), { width, flexible: 1 })];
}

/** Values that we composed with colours are safe already. */
const printableField = (name: string, value: string | undefined): string => (name === 'commit' ? (value ?? '') : printable(value ?? ''));

function placeOf(record: RunRecord): string {
  if (record.clean) {
    const shared = record.shared.map(({ path, how }) => `${path} (${how})`).join(', ');
    return `a temporary worktree${shared === '' ? '' : `, sharing ${shared}`}`;
  }
  return record.dirty ? 'the working tree, with changes: no verdict on the commit' : 'the working tree';
}

async function artefactLines({ artefacts, whyNoArtefacts, runId, ref }: ShownRun, { colors, width }: Look): Promise<string[]> {
  if (artefacts === null) return ['', `${colors.bold('Artefacts')}  ${whyNoArtefacts ?? ''}, which are not listed${colors.dim(`  git ls-tree ${ref}`)}`];
  if (artefacts.length === 0) return [];
  const total = artefacts.reduce((sum, { size }) => sum + size, 0);
  const rows = artefacts
    .slice(0, listedArtefacts)
    .map(({ path, size, link }) => [`  ${printable(path)}`, link ? colors.dim('link') : formatSize(size)]);
  const more = artefacts.length - listedArtefacts;
  return [
    '',
    colors.bold(`Artefacts (${artefacts.length}, ${formatSize(total)})`),
    await renderTable(rows, { width, alignRight: [1], flexible: 0 }),
    ...(more > 0 ? [colors.dim(`  and ${more} more: git jci get ${runId}`)] : []),
  ];
}

