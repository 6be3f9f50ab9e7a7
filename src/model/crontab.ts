import { isBranchName } from './branch-name.ts';
import { parseSchedule, scheduleLength, type Schedule } from './cron-schedule.ts';
import { isEntryName, unnamedEntryName } from './entry-name.ts';

/** One entry of `.jci/crontab`. */
export interface CronEntry {
  /** `name:N`, or else one made of schedule and branch (see `unnamedEntryName`). Unique in the file. */
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
  const read: ReadEntry[] = [];
  const problems: CrontabProblem[] = [];
  for (const [index, raw] of text.replace(/^\uFEFF/, '').split('\n').entries()) {
    const words = raw.trim().split(/\s+/);
    if (words[0] === '' || words[0]?.startsWith('#')) continue;
    const line = index + 1;
    const entry = readEntry(words, line);
    if ('problem' in entry) problems.push({ line, message: entry.problem });
    else read.push(entry);
  }
  return { entries: nameAll(read), problems: [...problems, ...findDuplicates(read)].sort((a, b) => a.line - b.line) };
}

/** With the name it was given, if it was. */
type ReadEntry = Omit<CronEntry, 'name'> & { name: string | undefined };

function readEntry(words: readonly string[], line: number): ReadEntry | { problem: string } {
  const length = scheduleLength(words[0] ?? '');
  // With a field missing, what follows the schedule would be taken for one.
  const schedule = parseSchedule(words.slice(0, length).filter((word) => !/^(?:branch|name):/.test(word)));
  if ('problem' in schedule) return schedule;
  const settings = parseSettings(words.slice(length));
  if ('problem' in settings) return settings;
  return { name: settings.name, schedule, branch: settings.branch, line };
}

function nameAll(read: readonly ReadEntry[]): CronEntry[] {
  const taken = new Set(read.flatMap(({ name }) => name ?? []));
  return read.map(({ name: given, ...entry }) => {
    const name = given ?? unnamedEntryName(entry.schedule.text, entry.branch, taken);
    taken.add(name);
    return { name, ...entry };
  });
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

const checkName = (value: string): string | undefined =>
  isEntryName(value) ? undefined : `name:${value} is not up to 64 letters, digits, '_', '.' and '-', the first neither '.' nor '-'`;

function findDuplicates(read: readonly ReadEntry[]): CrontabProblem[] {
  return read.flatMap(({ name, line }, index) => {
    const first = name === undefined ? undefined : read.slice(0, index).find((entry) => entry.name === name);
    return first === undefined ? [] : [{ line, message: `name:${name} is the name of line ${first.line} already` }];
  });
}
