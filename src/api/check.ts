import * as v from 'valibot';

/** A shape of the wire format, and what it gives. */
export type Shape<T> = v.GenericSchema<unknown, T>;

/**
 * Checks that a value has a shape; unknown fields go.
 * @throws Error that names the first field that is wrong.
 */
export function check<T>(shape: Shape<T>, value: unknown): T {
  const result = v.safeParse(shape, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new Error(`${v.getDotPath(issue) ?? 'the answer'}: ${issue.message}`);
}
