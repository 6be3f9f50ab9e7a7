/** The rules of the masker for a whole ASCII text, one character at a time and without any cleverness. */
export function hide(text: string, secrets: readonly string[]): string {
  const hidden = new Array<boolean>(text.length).fill(false);
  const known = secrets.flatMap(formsOf).map((form) => ({ form, from: 0 }));
  for (const match of text.matchAll(/^[ \t]*::add-mask::/gm)) {
    const start = match.index + match[0].length;
    const end = text.indexOf('\n', start) === -1 ? text.length : text.indexOf('\n', start);
    const value = text.slice(start, end);
    hidden.fill(true, start, end);
    known.push(...[...formsOf(value), ...formsOf(decoded(value))].map((form) => ({ form, from: start })));
  }
  for (const { form, from } of known) {
    for (let at = from; at <= text.length - form.length; at += 1) {
      if (text.startsWith(form, at)) hidden.fill(true, at, at + form.length);
    }
  }
  return [...text].map((character, at) => (!hidden[at] ? character : hidden[at - 1] ? '' : '***')).join('');
}

const decoded = (value: string): string =>
  value.split('%25').map((part) => part.replaceAll('%0D', '\r').replaceAll('%0A', '\n')).join('%');

function formsOf(secret: string): string[] {
  const value = secret.replace(/^[\r\n]+/, '').replace(/[\r\n]+$/, '');
  const plain = [value, ...value.split('\n').map((line) => line.replaceAll('\r', ''))].filter(
    (form) => form.length >= 6 && form.trim() !== '',
  );
  const percent = [...plain, ...plain.map((form) => form.replaceAll('%', '%25'))];
  // `:` and `,` are in no text of the properties.
  return [...percent, ...percent.map((form) => form.replaceAll('\r', '%0D').replaceAll('\n', '%0A'))];
}
