/** UTF-16 units of a subject that are kept: nobody reads on, and a subject may be of any length. */
export const longestSubject = 16 * 1024;

/**
 * The subject of a commit as `git log --format=%s` shows it: the lines up to the first blank one, joined, and cut at `longestSubject`.
 * @param body the commit as `git cat-file` gives it.
 * @returns `undefined` for a message that is not in UTF-8: git knows how to read it.
 */
export function subjectOf(body: Buffer): string | undefined {
  const end = body.indexOf('\n\n');
  if (end < 0) return '';
  if (body.toString('latin1', 0, end).includes('\nencoding ')) return undefined;
  const lines = body.toString('utf8', end + 2).split('\n').map((line) => line.replace(/[ \t\v\f\r]+$/, ''));
  const first = lines.findIndex((line) => line !== '');
  if (first < 0) return '';
  const blank = lines.indexOf('', first);
  return lines.slice(first, blank < 0 ? undefined : blank).join(' ').slice(0, longestSubject);
}
