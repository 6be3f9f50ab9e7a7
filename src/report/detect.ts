import { decodePrefix } from './text-stream.ts';

export type ReportKind = 'junit' | 'tap';

/** How much of a file `detectReport` wants to see. */
export const detectBytes = 65_536;

/** True for names that a report may have: the others need not be opened. */
export const mayBeReport = (path: string): boolean => /\.(?:xml|tap)$/i.test(path);

/**
 * What kind of report a file is, by its name and the first `detectBytes` of it; `undefined` for anything else.
 *
 * `*.xml` is JUnit when its root element is `testsuites` or `testsuite`. `*.tap` is TAP when it has a version line
 * near its start, or when its first line (blank ones and comments aside) is a plan or a test.
 */
export function detectReport(path: string, prefix: Uint8Array): ReportKind | undefined {
  const text = decodeOrNothing(prefix.subarray(0, detectBytes));
  if (/\.xml$/i.test(path)) return isTestRoot(rootElement(text)) ? 'junit' : undefined;
  if (/\.tap$/i.test(path)) return looksLikeTap(text) ? 'tap' : undefined;
  return undefined;
}

export const isTestRoot = (element: string | undefined): boolean =>
  element === 'testsuites' || element === 'testsuite';

/** A declared encoding that nobody knows does not hide what the file is: markup is ASCII in nearly all of them. */
function decodeOrNothing(prefix: Uint8Array): string {
  try {
    return decodePrefix(prefix);
  } catch {
    // The encoding is not known; reading the report will say so.
    return Buffer.from(prefix).toString('latin1');
  }
}

/** The name of the first element after declaration, comments and document type. */
function rootElement(text: string): string | undefined {
  let at = 0;
  for (;;) {
    const rest = text.slice(at, at + 200);
    const blank = /^\s+/.exec(rest)?.[0].length ?? 0;
    const end = blank > 0 ? at + blank : prologItemEnd(text, at);
    if (end === undefined) return /^<([\w:.-]+)(?=[\s/>])/.exec(rest)?.[1];
    if (end <= at) return undefined;
    at = end;
  }
}

/**
 * Where the comment, instruction or document type that begins at `at` ends; -1 if that is nowhere, `undefined` if
 * it is something else. A document type that declares things of its own is never a report's.
 */
function prologItemEnd(text: string, at: number): number | undefined {
  if (text.startsWith('<?', at)) return endAfter(text, '?>', at);
  if (text.startsWith('<!--', at)) return endAfter(text, '-->', at + 4);
  if (!text.startsWith('<!', at)) return undefined;
  const end = endAfter(text, '>', at);
  return text.slice(at, end).includes('[') ? -1 : end;
}

function endAfter(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? -1 : at + mark.length;
}

function looksLikeTap(text: string): boolean {
  if (text.includes('\0')) return false;
  if (/^TAP version \d+\s*$/im.test(text)) return true;
  const first = text.split('\n').find((line) => /^\s*[^\s#]/.test(line))?.trim() ?? '';
  return /^(?:\d+\.\.\d+(?:\s|$)|(?:not )?ok(?:\s|$)|bail out!)/i.test(first);
}
