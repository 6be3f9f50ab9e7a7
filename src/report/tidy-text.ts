import { stripVTControlCharacters } from 'node:util';

export type Redact = (text: string) => string;

/** Where readers cut every text they gather: far beyond what is kept, so that redaction sees whole secrets. */
export const rawTextLimit = 65_536;

/** No secret is taken to be longer than this: what may be a part of one at a cut is dropped with so much around it. */
const longestSecret = 4096;

/** Tidies a text of several lines: no control characters, no blank lines around it, cut at `limit`. */
export const tidyBlock = (raw: string, limit: number, redact: Redact): string =>
  tidy(raw, limit, redact, withoutBlankEnds);

/** Tidies a text that is to stand on one line, such as a name: runs of white space become one blank. */
export const tidyLine = (raw: string, limit: number, redact: Redact): string =>
  tidy(raw, limit, redact, (text) => text.replace(/\s+/g, ' ').trim());

/** Without blank lines before it and white space after it; the indentation of the first line stays. */
export const withoutBlankEnds = (text: string): string => text.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd();

/**
 * Redacts before cutting, because half a secret is not recognised. The end of a text that a reader has cut may be
 * such a half, so it goes too.
 */
function tidy(raw: string, limit: number, redact: Redact, shape: (text: string) => string): string {
  const wasCut = raw.length >= rawTextLimit;
  const redacted = redact(raw.slice(0, rawTextLimit));
  const shaped = shape(withoutControls(redacted));
  // Once more where something between the parts of a secret has gone (colours, white space).
  const text = shaped === redacted ? shaped : redact(shaped);
  const whole = wasCut ? Math.max(0, text.length - longestSecret) : text.length;
  return detached(cutText(text, Math.min(limit, whole)));
}

/** Colours go whole, other control characters one by one; line ends of every kind become `\n`. */
const withoutControls = (text: string): string =>
  stripVTControlCharacters(text)
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '');

/** The first `limit` units, the last of them `…` where something was left out. */
export const cutText = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, Math.max(0, limit - 1))}…`;

/**
 * A copy that keeps no larger string alive: engines make a slice point into what it was sliced from, here
 * a piece of the report. It is well-formed too: half a surrogate pair at a cut becomes U+FFFD.
 */
const detached = (text: string): string => Buffer.from(text).toString();
