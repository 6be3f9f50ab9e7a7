import type { Context } from '../../base/context.ts';
import type { TransferProgress } from '../../git/remote-transfer.ts';
import type { Progress } from '../render/progress.ts';

/** One progress line, for one stage of a transfer after the other. */
export interface TransferLine {
  /** `undefined` where nobody looks: then git is not even asked. */
  readonly onProgress: ((progress: TransferProgress) => void) | undefined;
  /** For what is complete already, where there is more than one batch. */
  onStored(done: number, total: number): void;
  end(): void;
}

/** Loads what draws only where there is a terminal to draw on: it takes as long as a small push. */
export async function createTransferLine(ctx: Context): Promise<TransferLine> {
  if (!ctx.stderr.isTTY) return { onProgress: undefined, onStored: () => undefined, end: () => undefined };
  const { createProgress } = await import('../render/progress.ts');
  let stage: TransferProgress['stage'] | undefined;
  let line: Progress | undefined;
  const end = (): void => line?.end();
  const runs = createProgress(ctx, { label: 'stored', unit: 'runs' });
  return {
    onProgress(progress) {
      if (progress.stage !== stage) {
        end();
        stage = progress.stage;
        line = createProgress(ctx, { label: stage, unit: 'objects' });
      }
      line?.update(progress.done, progress.total);
    },
    onStored(done, total) {
      end();
      runs.update(done, total);
    },
    end() {
      end();
      runs.end();
    },
  };
}
