/** Shorter ones would hide half of an ordinary log, and are no secrets. */
const minSecretBytes = 6;

/**
 * The byte sequences to hide for one secret: the whole value, and each of its lines, since tools print the lines of
 * a key one by one. Bytes in and out, because a secret need not be UTF-8.
 *
 * Line ends around the value are not part of it, so that hiding it never joins two lines of the log. Left out are
 * forms shorter than 6 bytes, and blank ones, which would hide all indentation.
 */
export function secretForms(secret: Buffer): Buffer[] {
  // latin1 is one character per byte, there and back.
  const value = secret.toString('latin1').replace(/^[\r\n]+|[\r\n]+$/g, '');
  return [...new Set([value, ...value.split(/[\r\n]+/)])]
    .filter((form) => form.length >= minSecretBytes && /[^ \t\v\f]/.test(form))
    .map((form) => Buffer.from(form, 'latin1'));
}
