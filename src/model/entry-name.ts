import { createHash } from 'node:crypto';

const longestName = 64;

/** Names stand in the crontab, on command lines and as names of folders. */
const namePattern = new RegExp(`^[A-Za-z0-9_][A-Za-z0-9_.-]{0,${longestName - 1}}$`);

/** True for what an entry of `.jci/crontab` may be called. */
export const isEntryName = (text: string): boolean => namePattern.test(text);

/**
 * What an entry without `name:` is called: by its schedule and branch, so that it keeps its name whatever happens to the
 * lines around it. `0 3 * * 1-5 branch:main` is `0_3_x_x_1-5_main`, `@daily` is `daily`.
 *
 * Different entries have different names. Only of those that are the same in both, and where somebody chose this very
 * name for another one, a number behind it tells them apart.
 * @param schedule as in `Schedule.text`.
 * @param taken the names of the other entries.
 */
export function unnamedEntryName(schedule: string, branch: string | undefined, taken: ReadonlySet<string>): string {
  const name = shortName([scheduleWord(schedule), ...(branch === undefined ? [] : [branch])].join('_'));
  let unique = name;
  for (let number = 2; taken.has(unique); number += 1) unique = `${name}-${number}`;
  return unique;
}

/** No schedule has two commas, or a comma beside a slash, or the letter x. */
const scheduleWord = (schedule: string): string =>
  schedule.replace('@', '').replaceAll(' ', '_').replaceAll('*', 'x').replaceAll(',', '.').replaceAll('/', '..');

/** Room for a number behind it. */
const longestPlain = longestName - 4;
const hashDigits = 8;

/** Where a sign cannot stand, or the text is too long, a checksum tells it from others that look the same. */
function shortName(text: string): string {
  const plain = text.replaceAll(/[^A-Za-z0-9_.-]/g, '-');
  if (plain === text && text.length <= longestPlain) return text;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, hashDigits);
  return `${plain.slice(0, longestPlain - hashDigits - 1)}-${hash}`;
}
