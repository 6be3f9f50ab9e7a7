import { logSearch, type LogSearch } from '../../../src/api/log.ts';
import { logApi } from '../../../src/api/paths.ts';
import type { RunDetail } from '../../../src/api/run-detail.ts';
import type { Annotation } from '../../../src/model/annotation.ts';
import type { TestCase } from '../../../src/model/test-case.ts';
import { readNdjson } from '../../api/ndjson.ts';

type Hits = NonNullable<LogSearch['hits']>;

/** Shorter texts stand everywhere. */
const shortest = 4;
const longest = 200;
const enough = 200;

const failing = /[✗✕✖✘×❌]|fail|error|not ok|panic/i;

/** The line of the log that tells of a failed test: an annotation about it, or its name or message. `null` if none can be found. */
export async function findTestLine({ item, record }: RunDetail, test: TestCase, signal: AbortSignal): Promise<number | null> {
  const annotated = annotationOf(record?.annotations ?? [], test);
  if (annotated !== undefined) return annotated.logLine;
  let fallback: number | undefined;
  for (const text of textsOf(test)) {
    const hits = await hitsOf(`${logApi(item)}/search?${new URLSearchParams({ q: text, case: '1' }).toString()}`, signal);
    const failed = hits.find((hit) => hit.text !== undefined && failing.test(hit.text.replace(text, '')));
    if (failed !== undefined) return failed.line;
    fallback ??= hits[0]?.line;
  }
  return fallback ?? null;
}

/** The first error that names the test, or its place. */
export function annotationOf(annotations: readonly Annotation[], { name, file, line }: Pick<TestCase, 'name' | 'file' | 'line'>): Annotation | undefined {
  return annotations.find(
    (annotation) =>
      annotation.level === 'error' &&
      ((name.length >= shortest && `${annotation.title ?? ''} ${annotation.message}`.includes(name)) ||
        (file !== undefined && line !== undefined && annotation.file === file && annotation.line === line)),
  );
}

/** What is looked for: the name, its last part (runners write the parts on lines of their own), and what went wrong. */
export function textsOf({ name, message = '' }: Pick<TestCase, 'name' | 'message'>): string[] {
  const texts = [name, name.split(/ [>›»] |::/).at(-1) ?? '', message.split('\n', 1)[0] ?? ''].map((text) => text.trim().slice(0, longest));
  return [...new Set(texts)].filter((text) => text.length >= shortest);
}

async function hitsOf(url: string, signal: AbortSignal): Promise<Hits> {
  const found: Hits = [];
  const stop = new AbortController();
  await readNdjson(logSearch, url, AbortSignal.any([signal, stop.signal]), ({ hits = [] }) => {
    found.push(...hits);
    if (found.length >= enough) stop.abort();
  });
  return found;
}
