import { isBranchName } from './branch-name.ts';
import { parseSchedule, scheduleLength, type Schedule } from './cron-schedule.ts';

/** One entry of `.jci/crontab`. */
export interface CronEntry {
  /** `name:N`, or else its place among the entries: `1`, `2`, ... Unique in the file. */
  name: string;
  schedule: Schedule;
  /** `branch:B`: run the tip of this branch. Without it, HEAD of the main working tree. */
  branch: string | undefined;
  /** Where it stands, from 1. */
  line: number;
}

/** Something wrong with a line, in words. */
export interface CrontabProblem {
  line: number;
  message: string;
}

/**
 * Reads `.jci/crontab`: five fields or `@daily` and its kin, then `branch:B` and `name:N` in any order; comments have
 * lines of their own.
 * @returns every entry that can be used and every problem: with a problem, the file as a whole counts as bad.
 */
export function parseCrontab(text: string): { entries: CronEntry[]; problems: CrontabProblem[] } {
  const entries: CronEntry[] = [];
  const problems: CrontabProblem[] = [];
  let place = 0;
  for (const [index, raw] of text.replace(/^\uFEFF/, '').split('\n').entries()) {
    const words = raw.trim().split(/\s+/);
    if (words[0] === '' || words[0]?.startsWith('#')) continue;
    place += 1;
    const line = index + 1;
    const entry = parseEntry(words, line, place);
    if ('problem' in entry) problems.push({ line, message: entry.problem });
    else entries.push(entry);
  }
  return { entries, problems: [...problems, ...findDuplicates(entries)].sort((a, b) => a.line - b.line) };
}

function parseEntry(words: readonly string[], line: number, place: number): CronEntry | { problem: string } {
  const length = scheduleLength(words[0] ?? '');
  // With a field missing, what follows the schedule would be taken for one.
  const schedule = parseSchedule(words.slice(0, length).filter((word) => !/^(?:branch|name):/.test(word)));
  if ('problem' in schedule) return schedule;
  const settings = parseSettings(words.slice(length));
  if ('problem' in settings) return settings;
  return { name: settings.name ?? String(place), schedule, branch: settings.branch, line };
}

interface Settings {
  branch?: string;
  name?: string;
}

function parseSettings(words: readonly string[]): Settings | { problem: string } {
  const settings: Settings = {};
  for (const word of words) {
    const [, key, value = ''] = /^(branch|name):(.*)$/.exec(word) ?? [];
    if (key !== 'branch' && key !== 'name') return { problem: unexpected(word) };
    if (settings[key] !== undefined) return { problem: `${key}: is given twice` };
    const problem = key === 'branch' ? checkBranch(value) : checkName(value);
    if (problem !== undefined) return { problem };
    settings[key] = value;
  }
  return settings;
}

function unexpected(word: string): string {
  if (word.startsWith('#')) return 'a comment needs a line of its own';
  return `'${word}' is neither branch:<branch> nor name:<name> (what runs is .jci/run.sh)`;
}

const checkBranch = (value: string): string | undefined =>
  isBranchName(value) ? undefined : `branch:${value} is not a branch name git accepts`;

/** Names stand in the crontab, on command lines and as names of folders. */
const namePattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/;

/** True for what an entry may be called, also the numbers of entries without a name. */
export const isEntryName = (text: string): boolean => namePattern.test(text);

function checkName(value: string): string | undefined {
  if (!isEntryName(value)) {
    return `name:${value} is not up to 64 letters, digits, '_', '.' and '-', the first neither '.' nor '-'`;
  }
  return /^\d+$/.test(value) ? `name:${value} is all digits: entries without a name are called so` : undefined;
}

function findDuplicates(entries: readonly CronEntry[]): CrontabProblem[] {
  return entries.flatMap(({ name, line }, index) => {
    const first = entries.slice(0, index).find((entry) => entry.name === name);
    return first === undefined ? [] : [{ line, message: `name:${name} is the name of line ${first.line} already` }];
  });
}
