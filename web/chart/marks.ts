import type { TestStatus } from '../../src/model/test-case.ts';
import type { Verdict } from '../parts/verdict.ts';

/** How a point is drawn: an SVG path around 0 0, filled unless it is hollow, and the variable its colour is in. */
export interface Mark {
  path: string;
  hollow?: boolean;
  colour: string;
}

const circle = 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z';
const cancelled: Mark = { path: circle, hollow: true, colour: '--muted' };

/** A shape of its own for every verdict, so that none is told by its colour alone. */
export const marks: Record<Verdict, Mark> = {
  passed: { path: circle, colour: '--pass' },
  failed: { path: 'M-4-4L4 4M4-4L-4 4', colour: '--fail' },
  broken: { path: 'M-4-4H4V4H-4Z', colour: '--fail' },
  timeout: { path: 'M0-5L5 4H-5Z', colour: '--warn' },
  interrupted: { path: 'M0 5L5-4H-5Z', colour: '--warn' },
  cancelled,
  running: cancelled,
  none: cancelled,
};

/** The verdict that looks like a test's status. */
export const lookOf: Record<TestStatus, Verdict> = { passed: 'passed', failed: 'failed', error: 'broken', skipped: 'cancelled' };

/** Lines that are no verdict: each stands out by 3:1 from both backgrounds, and has dashes of its own beside its colour. */
export const lineStyles: readonly { colour: string; dash: number[] }[] = [
  { colour: '#2f7fe0', dash: [] },
  { colour: '#c96a00', dash: [8, 3] },
  { colour: '#9a55cf', dash: [2, 3] },
  { colour: '#0d8a92', dash: [10, 3, 2, 3] },
  { colour: '#d6458f', dash: [5, 5] },
  { colour: '#7a8a1f', dash: [1, 5] },
  { colour: '#737c87', dash: [14, 4] },
];
