import { entryNameOf } from './installed-line.ts';

export interface LineChange {
  name: string;
  change: 'added' | 'changed' | 'removed';
}

/**
 * Makes the lines of one repository what they should be, and leaves every other byte alone.
 *
 * A line of ours that stays keeps its place; new ones go to the end, after the last whole line: text of others without a
 * final line break stays last. Removing the lines again gives the bytes there were before.
 * @param crontab one character per byte.
 * @param wanted lines without line breaks, by name.
 */
export function editCrontab(
  crontab: string,
  root: string,
  wanted: ReadonlyMap<string, string>,
): { crontab: string; changes: LineChange[] } {
  const missing = new Map(wanted);
  const changes: LineChange[] = [];
  const kept = splitLines(crontab).flatMap((line) => {
    const name = entryNameOf(line, root);
    if (name === undefined) return [line];
    const ours = missing.get(name);
    missing.delete(name);
    if (ours === undefined) changes.push({ name, change: 'removed' });
    else if (line !== `${ours}\n`) changes.push({ name, change: 'changed' });
    return ours === undefined ? [] : [`${ours}\n`];
  });
  const unfinished = kept.at(-1)?.endsWith('\n') === false ? kept.slice(-1) : [];
  const whole = kept.slice(0, kept.length - unfinished.length);
  const added = [...missing].map(([name, line]) => {
    changes.push({ name, change: 'added' });
    return `${line}\n`;
  });
  return { crontab: [...whole, ...added, ...unfinished].join(''), changes };
}

/** The lines of this repository in a crontab, by name. */
export function findInstalledLines(crontab: string, root: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of splitLines(crontab)) {
    const name = entryNameOf(line, root);
    if (name !== undefined && !found.has(name)) found.set(name, line.replace(/\n$/, ''));
  }
  return found;
}

/** Each line with its line break. */
export const splitLines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
