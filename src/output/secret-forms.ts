/** Shorter ones would hide half of an ordinary log, and are no secrets. */
const minSecretBytes = 6;

/**
 * The byte sequences to hide for one secret: the whole value, and each of its lines, since tools print the lines of
 * a key one by one; each also as it is escaped in a command such as `::group::`, and in XML such as a test report, since
 * whoever reads that undoes the escapes.
 * Bytes in and out, because a secret need not be UTF-8.
 *
 * Line ends around the value are not part of it, so that hiding it never joins two lines of the log. Left out are
 * forms shorter than 6 bytes, and blank ones, which would hide all indentation.
 */
export function secretForms(secret: Buffer): Buffer[] {
  const plain = plainForms(secret).map((form) => form.toString('latin1'));
  return [...new Set([...plain, ...plain.flatMap(escapedForms), ...plain.flatMap(xmlForms)])].map((form) => Buffer.from(form, 'latin1'));
}

/** Of those the whole value and its lines, the whole first; none for a value that is too short or blank. */
export function plainForms(secret: Buffer): Buffer[] {
  // latin1 is one character per byte, there and back.
  const value = secret.toString('latin1').replace(/^[\r\n]+|[\r\n]+$/g, '');
  const forms = new Set([value, ...value.split(/[\r\n]+/)]);
  return [...forms].filter((form) => form.length >= minSecretBytes && /[^ \t\v\f]/.test(form)).map((form) => Buffer.from(form, 'latin1'));
}

/** Of what has a meaning in a command, scripts escape all or some: the `%` first, so that no escape is escaped. */
function escapedForms(form: string): string[] {
  const escapes = [escaped(/%/g), escaped(/[\r\n]/g), escaped(/:/g), escaped(/,/g)];
  return escapes.reduce<string[]>((forms, escape) => [...forms, ...forms.map(escape)], [form]);
}

const escaped = (characters: RegExp) => (text: string): string =>
  text.replaceAll(characters, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);

/** Writers of XML agree on `&` and `<` only. */
function xmlForms(form: string): string[] {
  const text = form.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return [text, text.replaceAll('>', '&gt;')].flatMap((one) =>
    quotesInXml.map(([double, single]) => one.replaceAll('"', double).replaceAll("'", single)),
  );
}

/** Of elements, of attributes in one kind of quotes, of both kinds, of Go, of Python and PHP. */
const quotesInXml = [
  ['"', "'"],
  ['&quot;', "'"],
  ['"', '&apos;'],
  ['&quot;', '&apos;'],
  ['&quot;', '&#39;'],
  ['&#34;', '&#39;'],
  ['&quot;', '&#x27;'],
  ['&quot;', '&#039;'],
] as const;
