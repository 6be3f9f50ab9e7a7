import { join } from 'node:path';
import { usageError } from '../base/errors.ts';
import { readSmallFile } from '../base/small-file.ts';
import type { Repository } from '../git/repository.ts';
import { parseCrontab, type CronEntry } from '../model/crontab.ts';

/**
 * The entries of `.jci/crontab` in the working tree, in the order of the file.
 * @returns `undefined` if there is no such file.
 * @throws JciError (usage) naming every bad line, or if it is no file of a sensible size.
 */
export function readCronEntries(repo: Repository): CronEntry[] | undefined {
  const text = readSmallFile(join(repo.workTree ?? repo.cwd, '.jci', 'crontab'), '.jci/crontab');
  if (text === undefined) return undefined;
  const { entries, problems } = parseCrontab(text);
  const [first, ...others] = problems.map(({ line, message }) => `.jci/crontab line ${line}: ${message}`);
  if (first === undefined) return entries;
  throw usageError([first, ...others].join('\n'), {
    hint: 'a line is: minute hour day month weekday [branch:<branch>] [name:<name>]; the crontab is as it was',
  });
}
