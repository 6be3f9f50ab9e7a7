import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RunItem } from '../../api/run-item.ts';
import { fatalError, refusal } from '../../base/errors.ts';
import { temporaryRoot } from '../../base/temporary-root.ts';
import { readConfig } from '../../git/config.ts';
import type { Repository } from '../../git/repository.ts';
import { backgroundEnvironment } from '../../hooks/start-run.ts';
import type { RunKey } from '../../model/run-ref.ts';
import { startWatched, type WatchedProgram } from '../../proc/background.ts';
import { openSpool, type Spool } from '../../proc/spool.ts';
import { listActiveRuns } from '../../store/active-run.ts';
import { listAllRunsOf } from '../../store/all-runs.ts';
import { activeRoot } from '../../store/paths.ts';
import { readDetails } from '../../store/read-result.ts';
import { listRunsById, listRunsOf, readSummaries } from '../../store/run-list.ts';
import { makeStoreFolder } from '../../store/store-folder.ts';
import { watchFolders } from '../../watch/watch-folders.ts';
import { liveItem, storedItem } from '../../viewer/results/run-items.ts';
import { selfCommand } from '../self.ts';

/**
 * Starts `git jci rerun` in a session of its own, and waits until its run is under way, or stored already.
 * @throws JciError with what it said if it ended without one.
 */
export async function startRerun(repo: Repository, workTree: string, key: RunKey): Promise<RunItem> {
  const { ctx, commonDir } = repo;
  const [file = '', ...words] = selfCommand();
  // What is watched must be there.
  makeStoreFolder(repo, await readConfig(repo));
  const before = new Set((await listRunsOf(repo, [key.commit])).map(({ runId }) => runId));
  const spool = openSpool(join(temporaryRoot(ctx.env), `git-jci-${ctx.pid}-${ctx.randomHex(6)}.rerun`));
  try {
    const program = await startWatched(file, [...words, 'rerun', '-q', await nameOf(repo, key)], {
      cwd: workTree,
      env: backgroundEnvironment(repo),
      stderr: spool?.fd,
    });
    const live = await untilUnderWay(commonDir, key, program);
    return live ?? (await findAdded(repo, key, before)) ?? (await failed(program, spool));
  } finally {
    spool?.close();
  }
}

/** Several commits may have a run of this id: then it is called by its place among those of its commit. */
async function nameOf(repo: Repository, { commit, runId }: RunKey): Promise<string> {
  const [stored, ofCommit] = await Promise.all([listRunsById(repo, runId), listAllRunsOf(repo, new Set([commit]))]);
  if (stored.every((run) => run.commit === commit)) return runId;
  return `${commit}:${ofCommit.findIndex(({ run }) => run.runId === runId) + 1}`;
}

/** @returns `undefined` when it has ended before anybody could see its run. */
async function untilUnderWay(commonDir: string, key: RunKey, { pid, ended }: WatchedProgram): Promise<RunItem | undefined> {
  const root = activeRoot(commonDir);
  const stop = new AbortController();
  const end = ended.then(() => 'ended' as const);
  try {
    for (;;) {
      // A folder is there before the record in it.
      const names = readdirSync(root);
      const watcher = watchFolders([root, ...names.map((name) => join(root, name))], () => true);
      try {
        // One that was made before anybody watched.
        if (readdirSync(root).some((name) => !names.includes(name))) continue;
        const run = listActiveRuns(commonDir).find(({ owner, rerunOf, commit }) => owner.pid === pid && rerunOf === key.runId && commit === key.commit);
        if (run !== undefined) return liveItem(run, true);
        const quiet = watcher.quiet(0, true, stop.signal);
        // The one that is not waited for to its end.
        quiet.catch(() => undefined);
        if ((await Promise.race([quiet, end])) === 'ended') return undefined;
      } finally {
        watcher.close();
      }
    }
  } finally {
    stop.abort();
  }
}

/** A quick script may be over before anybody looks. */
async function findAdded(repo: Repository, { commit, runId }: RunKey, before: ReadonlySet<string>): Promise<RunItem | undefined> {
  const added = (await listRunsOf(repo, [commit])).filter((run) => !before.has(run.runId));
  for (const run of added) {
    const { record } = await readDetails(repo, run);
    if (record?.rerunOf === runId) return storedItem(run, (await readSummaries(repo, [run])).get(run.result));
  }
  return undefined;
}

/** @throws what it said: `git jci: <message>`, and a hint. */
async function failed({ ended }: WatchedProgram, spool: Spool | undefined): Promise<never> {
  const code = await ended;
  const text = spool?.read().toString('utf8') ?? '';
  const message = /^git jci: (.*)$/m.exec(text)?.[1] ?? `git jci rerun ended with ${code ?? 'a signal'} and has no run`;
  const hint = /^hint: (.*)$/m.exec(text)?.[1];
  throw (code === 3 ? refusal : fatalError)(message, hint === undefined ? {} : { hint });
}
