import type { Annotation } from '../model/annotation.ts';
import { toAnnotation } from './annotation-command.ts';
import { createCommandLines } from './command-lines.ts';
import { createStepTracker, type LogPosition, type ParsedStep } from './step-tracker.ts';
import { createTimingIndex } from './timing-index.ts';
import { parseWorkflowCommand } from './workflow-command.ts';

/** Reads a log as it grows. Feed it the masked bytes, from the first byte of the log. */
export interface LogReader {
  /**
   * Takes the next bytes, which arrived `elapsedMs` after the start of the run, a time that never steps back.
   * Fractions of a ms are dropped. Keeps nothing of the buffer.
   */
  write(chunk: Buffer, elapsedMs: number): void;
  /**
   * The steps so far. One that is not over is `unfinished`, and goes to the last line that has come.
   * @param elapsedMs now.
   */
  steps(elapsedMs: number): ParsedStep[];
  /** What was pointed out so far. */
  annotations(): Pick<LogSummary, 'annotations' | 'annotationsOmitted'>;
  /** How often a step has begun or ended, or something was pointed out that is not omitted. */
  changes(): number;
  /** The log has ended; call it once, last. */
  end(elapsedMs: number): LogSummary;
}

/** What a log says. */
export interface LogSummary {
  /** A last line without a line feed counts. */
  lines: number;
  bytes: number;
  /**
   * In the order they began; from the line of `::group::` to the line of `::endgroup::`, or to the last one.
   * `unfinished` means only that no end was seen: whether the run died there, or the script forgot it, the caller
   * knows.
   */
  steps: ParsedStep[];
  stepsOmitted: number;
  annotations: Annotation[];
  annotationsOmitted: number;
  /** The content of timing.idx (see `TimingIndex`), if there is something to say. */
  timing: string | undefined;
}

/** Limits that keep memory flat; what is beyond them is counted. */
export interface LogReaderOptions {
  maxAnnotations?: number;
  maxSteps?: number;
  maxTimingEntries?: number;
  /** Told of entries of `timing` as they are made (see `TimingOptions`). */
  onTiming?: (entries: string) => void;
}

/** Counts lines, and finds the steps and annotations in it. Memory is flat for any log. */
export function createLogReader(options: LogReaderOptions = {}): LogReader {
  const timing = createTimingIndex({
    ...(options.maxTimingEntries === undefined ? {} : { maxEntries: options.maxTimingEntries }),
    ...(options.onTiming === undefined ? {} : { onEntries: options.onTiming }),
  });
  const steps = createStepTracker(options.maxSteps);
  const annotations: Annotation[] = [];
  const maxAnnotations = options.maxAnnotations ?? 1000;
  let annotationsOmitted = 0;
  let changes = 0;

  function take(text: string, position: LogPosition): void {
    const command = parseWorkflowCommand(text);
    if (command === undefined) return;
    const id = command.properties.get('id');
    if (command.name === 'group' || command.name === 'endgroup') changes += 1;
    if (command.name === 'group') { steps.open(command.message, id, position); return; }
    if (command.name === 'endgroup') { steps.close(id, position); return; }
    const annotation = toAnnotation(command, position.line);
    if (annotation === undefined) return;
    if (annotations.length === maxAnnotations) {
      annotationsOmitted += 1;
      return;
    }
    annotations.push(annotation);
    changes += 1;
  }

  const lines = createCommandLines({ lineStarts: timing.lineStarts, command: take });
  return {
    write: (chunk, elapsedMs) => lines.write(chunk, Math.floor(elapsedMs)),
    steps: (elapsedMs) => steps.soFar({ line: lines.last(), elapsedMs: Math.floor(elapsedMs) }),
    annotations: () => ({ annotations: [...annotations], annotationsOmitted }),
    changes: () => changes,
    end(elapsedMs) {
      const size = lines.end(Math.floor(elapsedMs));
      const ended = steps.end({ line: size.lines, elapsedMs: Math.floor(elapsedMs) });
      return { ...size, ...ended, annotations, annotationsOmitted, timing: timing.text() };
    },
  };
}
