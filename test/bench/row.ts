import { spreadOf, type Spread } from './rounds.ts';

/** One line of the table. All times in ms, unless `unit` says otherwise. */
export interface Row {
  name: string;
  what: string;
  /** `undefined` when it could not be measured: `note` says why. */
  measured?: Spread;
  /** What is counted if it is no time. */
  unit?: string;
  /** The parts that nobody can avoid, measured in the same rounds. */
  floor?: Spread;
  floorIs: string;
  /** Median to median. */
  ratio?: number;
  /** The bar in words; absent for a row that is only there to be looked at. */
  bar?: string;
  /** The bar in ms, on this machine in these rounds. */
  allowedMs?: number;
  met?: boolean;
  /** The most memory that git jci took, in MiB, and what it may take. */
  peakMiB?: number;
  peakLimitMiB?: number;
  note?: string;
}

/** `factor` times the floor, where `fixed` parts of it and `plusMs` count once. */
export interface Bar {
  text: string;
  factor: number;
  plusMs?: number;
}

export interface Measurement {
  name: string;
  what: string;
  measured: readonly number[];
  floor: readonly number[];
  /** Parts of the floor that the factor is not applied to: starting Node, mostly. */
  fixed?: readonly number[];
  floorIs: string;
  bar?: Bar;
  peakMiB?: number | undefined;
  peakLimitMiB?: number;
  note?: string;
}

/** Makes the line: the ratio is against all of the floor, the bar is what the contract says. */
export function makeRow(from: Measurement): Row {
  const measured = spreadOf(from.measured);
  const fixed = from.fixed ?? from.floor.map(() => 0);
  const floor = spreadOf(from.floor.map((value, round) => value + (fixed[round] ?? 0)));
  const { name, what, floorIs, bar, peakMiB, peakLimitMiB, note } = from;
  return {
    name,
    what,
    measured,
    floor,
    floorIs,
    ratio: measured.median / floor.median,
    ...(bar === undefined ? {} : judge(bar, measured, spreadOf(from.floor), spreadOf(fixed), from)),
    ...(peakMiB === undefined ? {} : { peakMiB }),
    ...(peakLimitMiB === undefined ? {} : { peakLimitMiB }),
    ...(note === undefined ? {} : { note }),
  };
}

export interface Fixed {
  name: string;
  what: string;
  measured: readonly number[];
  /** The most that is allowed, in `unit`. */
  most: number;
  /** Default: ms. */
  unit?: string;
  note?: string;
}

/** Makes the line of a bar that is a number, whatever the machine does otherwise. */
export function makeFixedRow({ name, what, measured, most, unit, note }: Fixed): Row {
  const spread = spreadOf(measured);
  return {
    name,
    what,
    measured: spread,
    floorIs: 'none',
    bar: `${most} ${unit ?? 'ms'}`,
    allowedMs: most,
    met: spread.median <= most,
    ...(unit === undefined ? {} : { unit }),
    ...(note === undefined ? {} : { note }),
  };
}

function judge(bar: Bar, measured: Spread, floor: Spread, fixed: Spread, { peakMiB = 0, peakLimitMiB = Infinity }: Measurement): Partial<Row> {
  const allowedMs = bar.factor * floor.median + fixed.median + (bar.plusMs ?? 0);
  return { bar: bar.text, allowedMs, met: measured.median <= allowedMs && peakMiB <= peakLimitMiB };
}
