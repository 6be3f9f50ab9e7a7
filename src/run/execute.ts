import { mkdirSync } from 'node:fs';
import { shareLikeParent } from '../base/shared-folder.ts';
import { isSystemError } from '../base/errors.ts';
import type { Repository } from '../git/repository.ts';
import type { RunEnd } from '../model/run-end.ts';
import { secretsFromEnv } from '../output/secrets-from-env.ts';
import { identifyProcess, type ProcessId } from '../proc/process-id.ts';
import type { ActiveRun } from '../store/active-run.ts';
import { activeFiles, activeFolder, sparePipes } from '../store/paths.ts';
import { noteProgress } from './note-progress.ts';
import { openOutputSink, type OutputSink } from './output-sink.ts';
import { cannotStart, scriptPath } from './place.ts';
import type { RunRequest } from './request.ts';
import { runEnvironment, runMarks } from './script-environment.ts';
import { runScript } from './script.ts';
import { describeTreeChange } from './tree-change.ts';

/** Opens the log of a run, with the secrets it must not hold. @throws the system error when it cannot be created. */
export function openSink(repo: Repository, request: RunRequest, run: ActiveRun, elapsed: () => number): OutputSink {
  const secrets = [...secretsFromEnv({ ...repo.ctx.env, ...request.env }, request.settings.mask), ...request.secrets];
  const files = activeFiles(activeFolder(repo.commonDir, run));
  return openOutputSink({ logPath: files.log, timingPath: files.timing, secrets, secretsPath: files.secrets, terminal: request.terminal, elapsed });
}

/** How a script ended, and what was found meanwhile. */
export interface Executed {
  end: RunEnd;
  /** What `describeTreeChange` says of the moment when it ended. */
  treeChange: Promise<string | undefined>;
}

/** Runs the script, and says how it ended: never throws for that. */
export async function execute(repo: Repository, request: RunRequest, run: ActiveRun, sink: OutputSink): Promise<Executed> {
  const { ctx } = repo;
  const files = activeFiles(activeFolder(repo.commonDir, run));
  const env = runEnvironment(ctx.env, run, request.env, { stepsDir: files.steps, toolFolder: request.toolFolder });
  let treeChange: Promise<string | undefined> = Promise.resolve(undefined);
  try {
    mkdirSync(files.steps);
    shareLikeParent(files.steps);
    const end = await runScript({
      ctx,
      script: scriptPath(run),
      cwd: run.outputDir,
      env,
      pipe: { path: files.pipe, spares: sparePipes(repo.commonDir) },
      sink,
      timeoutMs: request.settings.timeoutMs,
      graceMs: request.settings.graceMs,
      marks: runMarks(run),
      cancellation: request.cancellation,
      async onStarted(pid) {
        const leader = await leaderOf(pid, ctx.platform);
        if (leader !== undefined) noteProgress(repo, { ...run, leader });
      },
      onOver() {
        treeChange = describeTreeChange(repo, request);
      },
    });
    return { end, treeChange };
  } catch (error) {
    return { end: cannotStart(error), treeChange };
  }
}

/** Only recovery asks for it, which then goes by the marks alone: no reason to end a run. */
async function leaderOf(pid: number, platform: NodeJS.Platform): Promise<ProcessId | undefined> {
  try {
    return await identifyProcess(pid, platform);
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}
