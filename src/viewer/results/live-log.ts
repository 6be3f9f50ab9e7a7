import { open, type FileHandle } from 'node:fs/promises';
import { hasCode } from '../../base/errors.ts';
import type { Repository } from '../../git/repository.ts';
import { isObjectId } from '../../model/object-id.ts';
import { isRunId } from '../../model/run-id.ts';
import type { RunKey } from '../../model/run-ref.ts';
import { reloadActiveRun } from '../../store/active-run.ts';
import { activeFiles, activeFolder } from '../../store/paths.ts';

/** The log of a run under way, as far as it goes now; `undefined` if there is no such run. Nothing is opened before somebody reads. */
export function openLiveLog(repo: Repository, key: RunKey): ReadableStream<Uint8Array> | undefined {
  // Both become part of a path.
  if (!isObjectId(key.commit) || !isRunId(key.runId) || reloadActiveRun(repo.commonDir, key) === undefined) return undefined;
  return untilItsEnd(activeFiles(activeFolder(repo.commonDir, key)).log);
}

const chunkBytes = 64 * 1024;

/** What is added meanwhile is not waited for. */
function untilItsEnd(path: string): ReadableStream<Uint8Array> {
  let file: FileHandle | undefined;
  let left = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (file === undefined) {
          file = await openIfThere(path);
          left = (await file?.stat())?.size ?? 0;
        }
        const { bytesRead, buffer } = left === 0 || file === undefined ? nothing : await file.read(Buffer.alloc(chunkBytes), 0, Math.min(chunkBytes, left));
        left -= bytesRead;
        if (bytesRead > 0) {
          controller.enqueue(buffer.subarray(0, bytesRead));
          return;
        }
        await file?.close();
        controller.close();
      },
      cancel: () => file?.close(),
    },
    { highWaterMark: 0 },
  );
}

const nothing = { bytesRead: 0, buffer: Buffer.alloc(0) };

/** It may wait for its slot, or have been stored just now. */
async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
