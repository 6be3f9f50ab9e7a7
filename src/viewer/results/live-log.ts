import { open, type FileHandle } from 'node:fs/promises';
import { hasCode } from '../../base/errors.ts';
import type { Repository } from '../../git/repository.ts';
import type { RunKey } from '../../model/run-ref.ts';
import { activeFiles, activeFolder } from '../../store/paths.ts';
import { findLive } from './find-run.ts';

/** The log of a run under way, as far as it goes now; `undefined` if there is no such run. Nothing is opened before somebody reads. */
export function openLiveLog(repo: Repository, key: RunKey): ReadableStream<Uint8Array> | undefined {
  const run = findLive(repo, key);
  return run === undefined ? undefined : untilItsEnd(activeFiles(activeFolder(repo.commonDir, run)).log);
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
