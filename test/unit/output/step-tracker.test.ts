import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStepTracker, type ParsedStep } from '../../../src/output/step-tracker.ts';

/** `+name`, `+name#id`, `-` and `-#id`, on lines 1, 2, 3, ... at 10 ms each; the log ends after them. */
function track(events: readonly string[], maxSteps?: number): { steps: ParsedStep[]; stepsOmitted: number } {
  const tracker = createStepTracker(maxSteps);
  events.forEach((event, at) => {
    const position = { line: at + 1, elapsedMs: 10 * (at + 1) };
    const [name = '', id] = event.slice(1).split('#');
    if (event.startsWith('+')) tracker.open(name, id, position);
    if (event.startsWith('-')) tracker.close(id, position);
  });
  return tracker.end({ line: events.length + 1, elapsedMs: 10 * (events.length + 1) });
}

/** `depth name first-last`, with `!` for an unfinished one. */
const outline = (events: readonly string[], maxSteps?: number): string[] =>
  track(events, maxSteps).steps.map(
    (step) => `${step.depth} ${step.name} ${step.firstLine}-${step.lastLine}${step.unfinished ? '!' : ''}`,
  );

test('one step, in full', () => {
  expect(track(['', '+build#a1', '', '-']).steps).toEqual([
    { name: 'build', id: 'a1', depth: 0, firstLine: 2, lastLine: 4, startMs: 20, durationMs: 20 },
  ]);
});

test('without an id there is no such property', () => {
  expect(Object.keys(track(['+build', '-']).steps[0] ?? {})).not.toContain('id');
});

test.each([
  ['side by side', ['+a', '-', '+b', '-'], ['0 a 1-2', '0 b 3-4']],
  ['nested', ['+a', '+b', '-', '+c', '-', '-'], ['0 a 1-6', '1 b 2-3', '1 c 4-5']],
  ['an end too many', ['-', '+a', '-', '-', '+b', '-'], ['0 a 2-3', '0 b 5-6']],
  ['open at the end', ['+a', '+b', '-', '+c'], ['0 a 1-5!', '1 b 2-3', '1 c 4-5!']],
  ['an end by id ends what is inside', ['+a#1', '+b', '-#1', '+d', '-'], ['0 a 1-3', '1 b 2-3', '0 d 4-5']],
  ['an end by an unknown id', ['+a#1', '-#2', '-'], ['0 a 1-3']],
  ['an id twice: the inner one', ['+a#1', '+b#1', '-#1', '-#1'], ['0 a 1-4', '1 b 2-3']],
])('%s', (_, events, expected) => {
  expect(outline(events)).toEqual(expected);
});

describe('beyond the limit', () => {
  test('steps are counted, and their ends are theirs', () => {
    expect(outline(['+a', '+b', '+c', '-', '-', '-'], 2)).toEqual(['0 a 1-6', '1 b 2-5']);
    expect(track(['+a', '+b', '+c', '-', '+d', '-', '-', '-'], 2).stepsOmitted).toBe(2);
  });

  test('an end by id goes over steps that are not listed', () => {
    expect(outline(['+a#1', '+b', '+c', '-#1', '-'], 1)).toEqual(['0 a 1-4']);
    expect(outline(['+z', '+a#1', '+b', '+c', '-#1', '-'], 2)).toEqual(['0 z 1-6', '1 a 2-5']);
  });

  test('names are cut', () => {
    const name = track([`+${'x'.repeat(5000)}`]).steps[0]?.name ?? '';
    expect(name).toBe(`${'x'.repeat(199)}…`);
    expect(track([`+${'x'.repeat(200)}`]).steps[0]?.name).toBe('x'.repeat(200));
  });
});

test('steps always nest, whatever the events', () => {
  const event = fc.constantFrom('', '+a', '+b#1', '+c#2', '-', '-#1', '-#2');
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), fc.integer({ min: 1, max: 10 }), (events, maxSteps) => {
      const { steps, stepsOmitted } = track(events, maxSteps);
      expect(steps.length + stepsOmitted).toBe(events.filter((one) => one.startsWith('+')).length);
      steps.forEach((step, at) => {
        expect(step.lastLine).toBeGreaterThan(step.firstLine);
        expect(step.durationMs).toBe(10 * (step.lastLine - step.firstLine));
        const around = steps.slice(0, at).filter((other) => other.lastLine > step.firstLine);
        expect(step.depth).toBe(around.length);
        around.forEach((other) => expect(other.lastLine).toBeGreaterThanOrEqual(step.lastLine));
      });
    }),
  );
});
