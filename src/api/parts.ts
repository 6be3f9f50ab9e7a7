import * as v from 'valibot';

/** A count, a line number or a size in bytes. */
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** RFC 3339, UTC. */
export const time = v.string();

/** Milliseconds; may have a fraction. */
export const milliseconds = v.number();

/** A full object id. */
export const objectId = v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/));
