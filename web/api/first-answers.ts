import * as v from 'valibot';

let held: Map<string, unknown> | undefined;

/** Answers that came with the page, by the URL that need not be asked: each serves once. */
const answers = (): Map<string, unknown> => (held ??= new Map(Object.entries(JSON.parse(document.getElementById('answers')?.textContent ?? '{}') as object)));

/** The answer to this URL, if it came with the page and has its shape. */
export function takeFirst<S extends v.GenericSchema>(schema: S, url: string): v.InferOutput<S> | undefined {
  if (!answers().has(url)) return undefined;
  const parsed = v.safeParse(schema, answers().get(url));
  answers().delete(url);
  return parsed.success ? parsed.output : undefined;
}

/** Lets go of what nobody took: by and by it is out of date. */
export function forgetFirst(): void {
  answers().clear();
}
