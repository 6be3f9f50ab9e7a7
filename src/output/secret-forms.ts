/** Shorter ones would hide half of an ordinary log, and are no secrets. */
const minSecretBytes = 6;

/**
 * The byte sequences to hide for one secret: the whole value, and each of its lines, since tools print the lines of
 * a key one by one; and the whole in base64, as in a header or in a secret of Kubernetes. Escapes are undone by whoever searches.
 * Bytes in and out, because a secret need not be UTF-8.
 */
export function secretForms(secret: Buffer): Buffer[] {
  const plain = plainForms(secret);
  const [whole] = plain;
  return whole === undefined ? [] : [...plain, ...base64Forms(whole)];
}

/**
 * Of those the value and its lines, the whole first.
 *
 * Line ends around the value are not part of it, so that hiding it never joins two lines of the log. Left out are
 * forms shorter than 6 bytes, and blank ones, which would hide all indentation.
 */
export function plainForms(secret: Buffer): Buffer[] {
  // latin1 is one character per byte, there and back.
  const value = secret.toString('latin1').replace(/^[\r\n]+|[\r\n]+$/g, '');
  const forms = new Set([value, ...value.split(/[\r\n]+/)]);
  return [...forms].filter((form) => form.length >= minSecretBytes && /[^ \t\v\f]/.test(form)).map((form) => Buffer.from(form, 'latin1'));
}

/** By how many bytes stand before it, modulo 3 (`user:` before a password), in both alphabets; without characters that tell of what stands beside it. */
function base64Forms(whole: Buffer): Buffer[] {
  const texts = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), whole]).toString('base64');
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + whole.length) * 8) / 6));
  });
  const urlSafe = texts.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  return [...new Set([...texts, ...urlSafe])].map((text) => Buffer.from(text));
}
