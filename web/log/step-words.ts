import type { Step } from '../../src/model/step.ts';
import { formatDuration } from '../../src/base/duration.ts';

/** A step in a log that may still grow. */
export type LogStep = Step & { running?: boolean };

/** How a step went, in a few words. */
export const stepWords = ({ exitCode, unfinished, running, durationMs }: LogStep): string =>
  [...(hasFailed({ exitCode }) ? [`exit ${exitCode}`] : []), running === true ? 'running' : `${unfinished === true ? 'unfinished · ' : ''}${formatDuration(durationMs)}`].join(' · ');

export const hasFailed = ({ exitCode = 0 }: { exitCode?: number | undefined }): boolean => exitCode !== 0;
