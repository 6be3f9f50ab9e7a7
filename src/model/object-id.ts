/** A full git object id: 40 hex digits (SHA-1) or 64 (SHA-256), lower case. */
export type ObjectId = string;

export type ObjectFormat = 'sha1' | 'sha256';

const pattern = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** True for a full lower-case object id of either format. */
export const isObjectId = (text: string): boolean => pattern.test(text);

/** The id that stands for "no object" in `git update-ref`. */
export const zeroId = (format: ObjectFormat): ObjectId => '0'.repeat(format === 'sha1' ? 40 : 64);

/** Twelve digits, as in the subject of a result commit. */
export const shortId = (id: ObjectId): string => id.slice(0, 12);
