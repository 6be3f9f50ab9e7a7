import type { Step } from '../model/step.ts';

/** A step as it stands in the log. `id` is what `git jci step` wrote, by which its own record is found. */
export type ParsedStep = Step & { id?: string };

/** Where in the log and when: `elapsedMs` counts from the start of the run. */
export interface LogPosition {
  line: number;
  elapsedMs: number;
}

/** Turns group lines into steps. Groups may stand inside groups. */
export interface StepTracker {
  open(name: string, id: string | undefined, position: LogPosition): void;
  /** Ends the innermost open group; with an id the one that has it, and all inside that one. */
  close(id: string | undefined, position: LogPosition): void;
  /** As if the log had ended here, which it has not. */
  soFar(position: LogPosition): ParsedStep[];
  /** The log has ended here: groups still open end too, as `unfinished`. */
  end(position: LogPosition): { steps: ParsedStep[]; stepsOmitted: number };
}

const defaultMaxSteps = 10_000;
const maxNameLength = 200;
const maxIdLength = 100;

/**
 * Steps are listed in the order they began, the first `maxSteps` of them; the others are only counted. An end that
 * fits no open group is ignored, since output of tools may hold anything.
 */
export function createStepTracker(maxSteps: number = defaultMaxSteps): StepTracker {
  const steps: ParsedStep[] = [];
  const opened: ParsedStep[] = [];
  let omitted = 0;
  /** Groups that began after the last step listed: they are inside all that is in `opened`. */
  let omittedOpen = 0;

  return {
    open(name, id, position) {
      if (steps.length >= maxSteps) {
        omitted += 1;
        omittedOpen += 1;
        return;
      }
      const step = newStep(name, id, opened.length, position);
      steps.push(step);
      opened.push(step);
    },
    close(id, position) {
      if (id === undefined && omittedOpen > 0) {
        omittedOpen -= 1;
        return;
      }
      const target = id === undefined ? opened.length - 1 : opened.findLastIndex((step) => step.id === id);
      if (target === -1) return;
      omittedOpen = 0;
      for (const step of opened.splice(target)) finish(step, position);
    },
    soFar(position) {
      const open = new Set(opened);
      return steps.map((step) => (open.has(step) ? ended(step, position) : { ...step }));
    },
    end(position) {
      for (const step of opened.splice(0)) Object.assign(step, ended(step, position));
      return { steps, stepsOmitted: omitted };
    },
  };
}

function newStep(name: string, id: string | undefined, depth: number, { line, elapsedMs }: LogPosition): ParsedStep {
  return {
    name: cut(name, maxNameLength),
    ...(id === undefined ? {} : { id: cut(id, maxIdLength) }),
    depth,
    firstLine: line,
    lastLine: line,
    startMs: elapsedMs,
    durationMs: 0,
  };
}

function finish(step: ParsedStep, { line, elapsedMs }: LogPosition): void {
  step.lastLine = line;
  step.durationMs = elapsedMs - step.startMs;
}

function ended(step: ParsedStep, position: LogPosition): ParsedStep {
  const end = { ...step, unfinished: true };
  finish(end, position);
  return end;
}

const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;
