/*
 * What the page uses of valibot, which the build has it find here: the same names check the same, in a tenth of the size, since the page asks no more
 * than whether an answer is understood. Types come from valibot itself.
 */

interface Shape {
  /** @throws where the value has another shape. */
  (value: unknown): unknown;
  /** Of an object. */
  entries?: Readonly<Record<string, Shape>>;
  /** It may be left out. */
  isOptional?: boolean;
}

const checked =
  (fits: (value: never) => boolean): Shape =>
  (value) => {
    if (!fits(value as never)) throw new TypeError(`not understood: ${JSON.stringify(value)}`);
    return value;
  };

export const string = (): Shape => checked((value) => typeof value === 'string');
export const number = (): Shape => checked((value) => typeof value === 'number');
export const boolean = (): Shape => checked((value) => typeof value === 'boolean');
export const picklist = (choices: readonly unknown[]): Shape => checked((value) => choices.includes(value));
export const literal = (only: unknown): Shape => picklist([only]);
export const safeInteger = (): Shape => checked((value) => Number.isSafeInteger(value));
export const minValue = (least: number): Shape => checked((value: number) => value >= least);
export const regex = (pattern: RegExp): Shape => checked((value: string) => pattern.test(value));
export const isoTimestamp = (): Shape => regex(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d(?::?\d\d)?)$/);

export const custom = (fits: (value: unknown) => boolean): Shape => checked(fits);

export const transform = (change: Shape): Shape => change;

export const pipe =
  (...shapes: readonly Shape[]): Shape =>
  (value) =>
    shapes.reduce((now, shape) => shape(now), value);

export const nullable =
  (shape: Shape): Shape =>
  (value) =>
    value === null ? null : shape(value);

const isArray = checked((value) => Array.isArray(value));

export const array =
  (shape: Shape): Shape =>
  (value) =>
    (isArray(value) as unknown[]).map((item) => shape(item));

export const exactOptional = (shape: Shape): Shape => Object.assign((value: unknown) => shape(value), { isOptional: true });
export const optional = (shape: Shape): Shape => exactOptional((value) => (value === undefined ? value : shape(value)));

const nothing = checked(() => false);

export const union =
  (shapes: readonly Shape[]): Shape =>
  (value) =>
    (shapes.find((shape) => safeParse(shape, value).success) ?? nothing)(value);

const isObject = checked((value: unknown) => typeof value === 'object' && value !== null);

/** Unknown fields go. */
export const object = (entries: Readonly<Record<string, Shape>>): Shape =>
  Object.assign(
    (value: unknown) => {
      const given = isObject(value) as Record<string, unknown>;
      return Object.fromEntries(Object.entries(entries).flatMap(([name, shape]) => (shape.isOptional === true && !Object.hasOwn(given, name) ? [] : [[name, shape(given[name])]])));
    },
    { entries },
  );

export const parse = (shape: Shape, value: unknown): unknown => shape(value);

export function safeParse(shape: Shape, value: unknown): { success: boolean; output?: unknown } {
  try {
    return { success: true, output: shape(value) };
  } catch {
    // Whatever is wrong with it: it is not understood.
    return { success: false };
  }
}
