import type { Env } from '../base/context.ts';
import { fatalError, messageOf } from '../base/errors.ts';
import { storeTree, type ExtraFile } from '../git/pack/store-tree.ts';
import { git } from '../git/exec.ts';
import type { Repository } from '../git/repository.ts';
import type { RunRecord } from '../model/record.ts';
import { makeRunId } from '../model/run-id.ts';
import { runRef, type RunKey } from '../model/run-ref.ts';
import { formatResultMessage } from '../model/trailers.ts';
import { commitResult, publishResult } from '../store/save-result.ts';
import type { Gathered } from './gather.ts';

/** A result that is ready to be stored. */
export interface Result {
  record: RunRecord;
  gathered: Gathered;
  /** Our own files beside the record: the log, steps, tests, the page. */
  files: ExtraFile[];
  sign: boolean;
  identity: Env;
}

/**
 * Writes a result as git objects and publishes it under its run ref.
 *
 * Objects come first and the ref last: a crash in between leaves unreachable objects, never a ref to missing ones.
 * A name that somebody else has taken meanwhile is left to them; the result gets a new run id.
 * @returns the key it is stored under, and the record as stored.
 * @throws JciError (128) when git cannot write.
 */
export async function storeRun(repo: Repository, result: Result): Promise<{ key: RunKey; ref: string; record: RunRecord }> {
  let { record } = result;
  for (;;) {
    const key = { commit: record.commit, runId: record.runId };
    const tree = await writeTree(repo, result, record);
    const message = formatResultMessage(record.commit, record.runId, summaryOf(record));
    const commit = await commitResult(repo, { tree, message, sign: result.sign, identity: result.identity });
    if (await publishResult(repo, key, commit)) return { key, ref: runRef(key), record };
    record = { ...record, runId: makeRunId(Date.parse(record.startedAt), repo.ctx.randomHex(2)) };
  }
}

async function writeTree(repo: Repository, result: Result, record: RunRecord): Promise<string> {
  const own: ExtraFile[] = [
    { name: 'status.txt', content: Buffer.from(record.status) },
    { name: 'jci.json', content: Buffer.from(`${JSON.stringify(record, null, 1)}\n`) },
    ...result.files,
  ];
  try {
    const { tree } = await storeTree({
      format: repo.objectFormat,
      entries: result.gathered.entries,
      extra: own,
      run: async (args, input) => {
        await git(repo, args, { input });
      },
    });
    return tree;
  } catch (error) {
    throw fatalError(`the result could not be written: ${messageOf(error)}`, { cause: error });
  }
}

function summaryOf(record: RunRecord): Parameters<typeof formatResultMessage>[2] {
  return {
    status: record.status,
    outcome: record.outcome,
    durationMs: record.durationMs,
    tree: record.tree,
    script: record.script,
    branch: record.branch ?? undefined,
    trigger: record.trigger,
    exitCode: record.exitCode ?? undefined,
    dirty: record.dirty,
  };
}
