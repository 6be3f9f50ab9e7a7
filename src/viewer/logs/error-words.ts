/*
 * Lines that tell of an error. Each pattern is one that people, compilers and test runners write in front of what went wrong;
 * plain "error" in a sentence is none.
 */
const signs = [
  /^\s*::error\b/,
  /(?:^|[\s\]>|:(])(?:fatal |internal |runtime |compile |syntax )?error(?:\[[\w-]+\]|\(\w+\)|\s+[A-Z]{1,4}\d{2,}|\s+TS\d+)?:(?!:)/i,
  /^\s*(?:\[?ERROR\]?|\[?FATAL\]?)\b(?!\s*[=:]?\s*0\b)/,
  /\b[A-Z]\w*(?:Error|Exception)(?:\s\[\w+\])?:\s/,
  /(?:^|[\s:])(?:fatal|panic):/i,
  /^\s*(?:---\s)?FAIL(?:ED|URE)?\b(?!\s*[=:]\s*0\b)/,
  /\bFAILED(?:$|\s*\(|\s*[:!])(?!\s*0\b)/,
  /^\s*[✗✘✖×]\s/,
  /^\s*not ok\b/,
  /^Traceback \(most recent call last\)/,
  /^thread '.*' panicked at/,
  /\bSegmentation fault\b|\bcore dumped\b|\bcommand not found$|\bAssertion\b.*\bfailed\b|^make(?:\[\d+\])?: \*\*\*/,
  /^npm (?:ERR!|error)/,
];

/** One of these, in any case, is in each line that tells of an error. */
const words = ['error', 'fail', 'fatal', 'panic', 'exception', 'traceback', 'not ok', 'npm err', 'fault', 'dumped', 'not found', '***', 'assertion', '✗', '✘', '✖', '×'];

const anyOf = (texts: readonly string[]): RegExp => new RegExp(texts.map((text) => text.replaceAll('*', '\\*')).join('|'), 'i');

const inText = anyOf(words);
const inBytes = anyOf(words.map((word) => Buffer.from(word).toString('latin1')));

/** False for bytes of which no line tells of an error: nothing of them has to be looked at. */
export const mayTellOfError = (bytes: Buffer): boolean => inBytes.test(bytes.toString('latin1'));

const friends = /\b(?:0|no|without|zero)\s+(?:\w+\s+)?(?:errors?|failures?|failed)\b|\berrors?[-\s]free\b|\b(?:errors?|failures?|failed)\s*[:=]\s*0\b|# (?:SKIP|TOD[O])\b/i;

/** True for a line, without colours, that tells of an error. */
export const tellsOfError = (line: string): boolean => inText.test(line) && signs.some((sign) => sign.test(line)) && !friends.test(line);
