import type { Context } from '../../base/context.ts';
import type { TransferProgress } from '../../git/remote-transfer.ts';
import { createProgress, type Progress } from '../render/progress.ts';

/** One progress line, for one stage of a transfer after the other. */
export interface TransferLine {
  /** `undefined` where nobody looks: then git is not even asked. */
  readonly onProgress: ((progress: TransferProgress) => void) | undefined;
  end(): void;
}

export function createTransferLine(ctx: Context): TransferLine {
  let stage: TransferProgress['stage'] | undefined;
  let line: Progress | undefined;
  const end = (): void => line?.end();
  if (!ctx.stderr.isTTY) return { onProgress: undefined, end };
  return {
    onProgress(progress) {
      if (progress.stage !== stage) {
        end();
        stage = progress.stage;
        line = createProgress(ctx, { label: stage, unit: 'objects' });
      }
      line?.update(progress.done, progress.total);
    },
    end,
  };
}
