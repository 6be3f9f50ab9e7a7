import type { Context } from '../../base/context.ts';
import { formatAge } from '../../base/duration.ts';
import { JciError } from '../../base/errors.ts';
import { exitCode } from '../../base/exit-codes.ts';
import { readConfig } from '../../git/config.ts';
import { listRefs, listRunRefs } from '../../git/refs.ts';
import { openRepository, type Repository } from '../../git/repository.ts';
import { shortId } from '../../model/object-id.ts';
import { compareNewestFirst, runIdSeconds } from '../../model/run-id.ts';
import { parseRunRef, type RunKey } from '../../model/run-ref.ts';
import type { Call } from '../command.ts';
import { dynamicKinds, type DynamicKind } from './model.ts';
import type { Offer } from './offer.ts';

/** Before anything is typed: what `git jci ls` lists. */
const listedRuns = 20;
/** More than these help nobody: who wants another one types more of it. */
const offeredRuns = 50;
const offeredValues = 1000;

/**
 * `git jci __complete <kind> [prefix [argument...]]`: one value per line, and after a tab what it is.
 *
 * The arguments are those of the command that is being typed: artefacts and steps are those of its first one, a run.
 *
 * A completion must never disturb the line that is being typed: outside a repository it just knows nothing.
 * @returns always 0.
 */
export async function printValues({ ctx, args }: Call<unknown>): Promise<number> {
  const [name, prefix = '', ...given] = args;
  const kind = dynamicKinds.find((known) => known === name);
  const offers = kind === undefined ? [] : await offersOf(kind, { prefix, given }, ctx).catch(unlessExpected);
  // A remote or a file may be called anything; a line here is one value.
  const usable = offers.filter(({ value }) => value.startsWith(prefix) && !/[\x00-\x1f\x7f]/.test(value)).slice(0, offeredValues);
  for (const { value, description } of usable) ctx.stdout.write(`${value}${description === undefined ? '' : `\t${description}`}\n`);
  return exitCode.ok;
}

function unlessExpected(error: unknown): Offer[] {
  if (error instanceof JciError) return [];
  throw error;
}

/** What has been typed: of this word, and of the arguments before it. */
interface Typed {
  prefix: string;
  given: readonly string[];
}

async function offersOf(kind: DynamicKind, { prefix, given }: Typed, ctx: Context): Promise<Offer[]> {
  const repo = await openRepository(ctx);
  switch (kind) {
    case 'run':
      return [...(prefix === '' ? await latestRuns(repo) : /^\d/.test(prefix) ? await runs(repo, prefix) : []), ...(await revisions(repo, prefix))];
    case 'revision':
      return revisions(repo, prefix);
    case 'branch':
      return names(repo, ['refs/heads/']);
    case 'remote':
      return remotes(repo);
    case 'artefact': {
      const { artefacts } = await import('./artefact-values.ts');
      return artefacts(repo, prefix, given[0]);
    }
    case 'entry': {
      const { readCronEntries } = await import('../../cron/read-entries.ts');
      return (readCronEntries(repo) ?? []).map(({ name, schedule, branch }) => ({ value: name, description: `${schedule.text}${branch === undefined ? '' : `, ${branch}`}` }));
    }
    case 'step': {
      const { steps } = await import('./step-values.ts');
      return steps(repo, given[0]);
    }
  }
}

/** Those of the branch that is being worked on. */
async function latestRuns(repo: Repository): Promise<Offer[]> {
  const { selectRuns } = await import('../../store/select-runs.ts');
  const scope = repo.head === undefined ? {} : { historyOf: repo.head.commit };
  const { runs: selected } = await selectRuns(repo, { limit: listedRuns, subjects: false, ...scope });
  return selected.map(({ found }) => offerRun(repo, found.run));
}

/** All whose id begins so, whatever their commit. */
async function runs(repo: Repository, prefix: string): Promise<Offer[]> {
  const keys = (await listRunRefs(repo)).map(({ ref }) => parseRunRef(ref)).filter((key) => key !== undefined);
  return keys
    .filter(({ runId }) => runId.startsWith(prefix))
    .sort((a, b) => compareNewestFirst(a.runId, b.runId))
    .slice(0, offeredRuns)
    .map((key) => offerRun(repo, key));
}

const offerRun = ({ ctx }: Repository, { runId, commit }: RunKey): Offer => ({
  value: runId,
  description: `${shortId(commit)}, ${formatAge(ctx.now() - runIdSeconds(runId) * 1000)}`,
});

/** Names of commits; behind `..` and `...` those of the other end of a range. */
async function revisions(repo: Repository, prefix: string): Promise<Offer[]> {
  const range = /^.*\.\.\.?/.exec(prefix)?.[0] ?? '';
  const known = [{ value: 'HEAD' }, ...(await names(repo, ['refs/heads/', 'refs/tags/', 'refs/remotes/']))];
  return known.map(({ value, ...rest }) => ({ value: `${range}${value}`, ...rest }));
}

const sorts = [
  ['refs/heads/', 'branch'],
  ['refs/tags/', 'tag'],
  ['refs/remotes/', 'remote branch'],
] as const;

async function names(repo: Repository, prefixes: readonly string[]): Promise<Offer[]> {
  const refs = await listRefs(repo, prefixes);
  return refs
    .filter(({ ref }) => !/^refs\/remotes\/[^/]+\/HEAD$/.test(ref))
    .flatMap(({ ref }) => sorts.filter(([start]) => ref.startsWith(start)).map(([start, description]) => ({ value: ref.slice(start.length), description })));
}

async function remotes(repo: Repository): Promise<Offer[]> {
  const config = await readConfig(repo);
  return [...config].flatMap(([key, values]) => {
    const name = /^remote\.(.+)\.url$/s.exec(key)?.[1];
    return name === undefined ? [] : [{ value: name, description: withoutPassword(values.at(-1) ?? '') }];
  });
}

/** URLs of remotes may hold credentials, and people share their screens. */
const withoutPassword = (url: string): string => url.replace(/^(\w+:\/\/)[^/@]*@/, '$1');
