import { fatalError, messageOf } from '../base/errors.ts';
import { commitObject } from '../git/commit-object.ts';
import type { Identity } from '../git/identity.ts';
import { storeTree } from '../git/pack/store-tree.ts';
import type { ExtraFile } from '../git/pack/stored-item.ts';
import { git } from '../git/exec.ts';
import { commitSigned } from '../git/signing.ts';
import type { Repository } from '../git/repository.ts';
import type { ObjectId } from '../model/object-id.ts';
import type { RunRecord } from '../model/record.ts';
import { makeRunId } from '../model/run-id.ts';
import { runRef, type RunKey } from '../model/run-ref.ts';
import { formatResultMessage } from '../model/trailers.ts';
import { addOwnResult } from '../store/own-results.ts';
import { publishResult } from '../store/publish-result.ts';
import type { Gathered } from './gather.ts';

/** A result that is ready to be stored. */
export interface Result {
  record: RunRecord;
  gathered: Gathered;
  /** Our own files beside the record: the log, steps, tests, the page. */
  files: ExtraFile[];
  sign: boolean;
  identity: Identity;
}

/** A result that is stored. */
export interface StoredRun {
  key: RunKey;
  ref: string;
  /** As stored: with another run id, if somebody else had taken the first one. */
  record: RunRecord;
  /** Sentences that came too late for the log: artefacts that vanished or changed while they were stored. */
  lateNotes: string[];
}

/**
 * Writes a result as git objects and publishes it under its run ref.
 *
 * Objects come first and the ref last: a crash in between leaves unreachable objects, never a ref to missing ones.
 * A name that somebody else has taken meanwhile is left to them; the result gets a new run id.
 * @throws JciError (128) when git cannot write.
 */
export async function storeRun(repo: Repository, result: Result): Promise<StoredRun> {
  let { record } = result;
  for (;;) {
    const key = { commit: record.commit, runId: record.runId };
    const writing = writeObjects(repo, result, record);
    const publishing = publishResult(repo, key, writing.then(({ commit }) => commit));
    const [{ notes }, isOurs] = await Promise.all([writing, publishing]);
    if (isOurs) return { key, ref: runRef(key), record, lateNotes: notes };
    record = { ...record, runId: makeRunId(Date.parse(record.startedAt), repo.ctx.random()) };
  }
}

async function writeObjects(repo: Repository, result: Result, record: RunRecord): Promise<{ commit: ObjectId; notes: string[] }> {
  const { identity, sign } = result;
  const message = formatResultMessage(record.commit, record.runId, summaryOf(record));
  const unsigned = { commit: (tree: ObjectId) => commitObject({ tree, identity, now: repo.ctx.now(), message }) };
  try {
    const { tree, commit, notes } = await storeTree({
      format: repo.objectFormat,
      root: result.gathered.root,
      entries: result.gathered.entries,
      extra: allFiles(result, record),
      run: async (args, input) => {
        await git(repo, args, { input });
      },
      ...(sign ? {} : unsigned),
    });
    const id = commit ?? (await commitSigned(repo, { tree, message, identity }));
    return { commit: id, notes: [...notes, ...noteOwn(repo, id)] };
  } catch (error) {
    throw fatalError(`the result could not be written: ${messageOf(error)}`, { cause: error });
  }
}

/** If this fails the result is stored all the same: it only counts for less. */
function noteOwn(repo: Repository, id: ObjectId): string[] {
  const why = addOwnResult(repo.commonDir, id);
  return why === undefined ? [] : [`the result does not count under jci.trust=own: ${why}`];
}

const allFiles = (result: Result, record: RunRecord): ExtraFile[] => [
  { name: 'status.txt', content: Buffer.from(record.status) },
  { name: 'jci.json', content: Buffer.from(`${JSON.stringify(record, null, 1)}\n`) },
  ...result.files,
];

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
