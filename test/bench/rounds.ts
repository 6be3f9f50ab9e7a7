/** What was measured, each value from one round; `min` and `max` tell how quiet the machine was. */
export interface Spread {
  median: number;
  min: number;
  max: number;
}

type Sides<Name extends string> = Readonly<Record<Name, (round: number) => Promise<number>>>;

/**
 * Measures several things in turn, A B A B: whatever else the machine does then falls on all of them alike.
 *
 * @param warmUp rounds before that, whose figures are thrown away.
 * @returns the values of every side, by round.
 */
export async function interleave<Name extends string>(rounds: number, sides: Sides<Name>, warmUp = 1): Promise<Record<Name, number[]>> {
  const names = Object.keys(sides) as Name[];
  const values = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = -warmUp; round < rounds; round++) {
    for (const name of names) {
      const value = await sides[name](round + warmUp);
      if (round >= 0) values[name].push(value);
    }
  }
  return values;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
  return { median, min: sorted[0] ?? NaN, max: sorted.at(-1) ?? NaN };
}

/** Combines the values of several sides round by round. */
export const combine = (sides: readonly (readonly number[])[], how: (...values: number[]) => number): number[] =>
  (sides[0] ?? []).map((_, round) => how(...sides.map((side) => side[round] ?? NaN)));
