/** What of a line is another in each run, though nothing has changed; each stands for all of its kind. */
const volatile: readonly (readonly [RegExp, string])[] = [
  // 2026-11-21T05:07:27.123Z, also with a blank and with an offset.
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z\b|[+-]\d\d:?\d\d\b)?/g, '<time>'],
  [/\b\d{1,2}:\d\d:\d\d(?:[.,]\d+)?\b/g, '<time>'],
  // Run ids, 1763701647-2a4f.
  [/\b\d{9,12}-[0-9a-f]{4}\b/g, '<run>'],
  [/\b0x[0-9a-fA-F]{4,16}\b/g, '<address>'],
  // Temporary files and folders: all of the path, since its parts are chance.
  [/\/(?:var\/|private\/)*(?:tmp|folders)\/[^\s:'"`()<>,;]+/g, '<temporary>'],
  [/(?<=\w)\[\d{1,10}\]/g, '[<pid>]'],
  [/\bpid[ =:]{1,2}\d+/gi, '<pid>'],
  // 1 m 2.5 s, 250ms, 3 seconds.
  [/(?<![\w.])\d+(?:[.,]\d+)?(?: ?(?:ns|[µu]s|ms|s|secs?|seconds?|min|mins|minutes?|m|h))\b(?: ?\d+(?:[.,]\d+)? ?(?:ms|s)\b)*/g, '<duration>'],
];

/** Lines longer than this are compared by their beginning and their length alone. */
const longest = 8192;

/** The lines that open the log of every run. */
const opening = /^git jci: (?:run \S+ of |started )/;

/**
 * A line as it is compared: without what differs between two runs of the same. Two lines are equal if this is.
 * @param line as it is shown.
 */
export function normaliseLine(line: string): string {
  const opened = opening.exec(line);
  if (opened !== null) return opened[0].replace(/run \S+/, 'run');
  const isLong = line.length > longest;
  let text = isLong ? line.slice(0, longest) : line;
  if (/\d|\/tmp\//.test(text)) for (const [pattern, word] of volatile) text = text.replace(pattern, word);
  return `${text.trimEnd()}${isLong ? ` +${line.length - longest}` : ''}`;
}
