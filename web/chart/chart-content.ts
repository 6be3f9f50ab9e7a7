import type { RunItem } from '../../src/api/run-item.ts';
import type { Verdict } from '../parts/verdict.ts';

/** One value per run; `null` where there is none. */
export interface Line {
  name: string;
  /** A colour, or the name of the variable that it is in. */
  colour: string;
  dash?: number[];
  values: readonly (number | null)[];
}

/** What a chart shows: lines over runs, oldest first. */
export interface ChartContent {
  lines: readonly Line[];
  runs: readonly RunItem[];
  /** How the points of the first line look: then it has no line. */
  marks?: readonly Verdict[];
  /** What a look means, where it is no verdict of a run. */
  words?: Partial<Record<Verdict, string>>;
  format: (value: number) => string;
  /** Lines are parts of a whole: bars that stand on each other. */
  stacked?: boolean;
  /** The top of the scale, if the values do not say. */
  most?: number;
  /** Distances that the scale may be divided by. */
  steps?: number[];
}

/** A colour as a style has it. */
export const cssColour = (colour: string): string => (colour.startsWith('--') ? `var(${colour})` : colour);
