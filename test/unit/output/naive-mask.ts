/** A text as one reads it, and where each of its characters is written. */
interface Reading {
  text: string;
  starts: number[];
  ends: number[];
}

/**
 * The rules of the masker for a whole ASCII text, one character at a time and without any cleverness.
 * It knows no escapes but the `%25` and `%0A` of commands, and no base64.
 */
export function hide(text: string, secrets: readonly string[]): string {
  const hidden = Array.from({ length: text.length }, () => false);
  const known = secrets.flatMap(formsOf).map((form) => ({ form, from: 0 }));
  for (const match of text.matchAll(/^[ \t]*::add-mask::/gm)) {
    const start = match.index + match[0].length;
    const end = text.indexOf('\n', start) === -1 ? text.length : text.indexOf('\n', start);
    const value = text.slice(start, end);
    hidden.fill(true, start, end);
    known.push(...[...formsOf(value), ...formsOf(decoded(value).text)].map((form) => ({ form, from: start })));
  }
  for (const reading of [asItStands(text), decoded(text)]) {
    for (const { form, from } of known) hideIn(reading, form, from, hidden);
  }
  return [...text].map((character, at) => (!hidden[at] ? character : hidden[at - 1] ? '' : '***')).join('');
}

function hideIn({ text, starts, ends }: Reading, form: string, from: number, hidden: boolean[]): void {
  for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) {
    const start = starts[at] ?? 0;
    if (start >= from) hidden.fill(true, start, ends[at + form.length - 1]);
  }
}

const asItStands = (text: string): Reading => ({ text, starts: [...text].map((_, at) => at), ends: [...text].map((_, at) => at + 1) });

/** With the escapes of a command undone, in any mixture with characters that are not escaped. */
function decoded(text: string): Reading {
  const characters = [...text.matchAll(/%25|%0A|[^]/g)];
  return {
    text: characters.map(([one]) => (one === '%25' ? '%' : one === '%0A' ? '\n' : one)).join(''),
    starts: characters.map(({ index }) => index),
    ends: characters.map(({ index, 0: one }) => index + one.length),
  };
}

function formsOf(secret: string): string[] {
  const value = secret.replace(/^\n+/, '').replace(/\n+$/, '');
  return [value, ...value.split('\n')].filter((form) => form.length >= 6 && form.trim() !== '');
}
