import { createHash } from 'node:crypto';
import { refusal } from '../base/errors.ts';
import type { CronEntry } from '../model/crontab.ts';
import { cronShellWord } from './shell-word.ts';

/** What every line of a repository has in common. */
export interface InstallSite {
  /** What identifies the repository: the root of its main working tree, or its git directory. All worktrees share it. */
  root: string;
  /** Where cron starts git jci: the main working tree, or the one that was synced from where there is none to be found. */
  folder: string;
  /** The words that start git jci from anywhere: absolute paths. */
  self: readonly string[];
  /** The file with the environment for the jobs, relative to `folder` where it is below it. */
  environmentFile: string;
}

/** Debian's cron refuses longer commands, and older ones cut them off without a word. The mark counts. */
const maxCommandBytes = 998;

/**
 * The line of the user's crontab that runs an entry: `<schedule> <command> # JCI:<sha256 of root> [<name>]`.
 *
 * Everything but the environment stands in the line, so that a job never depends on what happens to be checked out.
 * @returns text with one character per byte, as the crontab is handled, without a line break.
 * @throws JciError (3) when a path has a line break in it, or the command is longer than cron takes.
 */
export function installedLine(entry: CronEntry, site: InstallSite): string {
  const branch = entry.branch === undefined ? [] : ['--branch', entry.branch];
  const words = [...site.self, 'cron', 'run', '--quiet', '--environment', site.environmentFile, ...branch, entry.name];
  const command = `cd ${cronShellWord(site.folder)} && ${words.map(cronShellWord).join(' ')} ${markOf(site.root, entry.name)}`;
  if (/[\n\r\0]/.test(command)) throw refusal(`a path with a line break in it cannot stand in a crontab: ${JSON.stringify(site.folder)}`);
  const bytes = Buffer.from(command, 'utf8');
  if (bytes.length > maxCommandBytes) {
    throw refusal(`the crontab line of '${entry.name}' would have ${bytes.length} bytes, and cron takes ${maxCommandBytes}`, {
      hint: 'move the repository or git jci to a shorter path',
    });
  }
  return `${entry.schedule.text} ${bytes.toString('latin1')}`;
}

/** The name in a line that this repository's mark ends; `undefined` for every other line. */
export function entryNameOf(line: string, root: string): string | undefined {
  const [, hash, name] = /\s# JCI:([0-9a-f]{64}) \[([\w.-]+)\]\s*$/.exec(line) ?? [];
  return hash === hashOf(root) ? name : undefined;
}

const markOf = (root: string, name: string): string => `# JCI:${hashOf(root)} [${name}]`;

const hashOf = (root: string): string => createHash('sha256').update(root).digest('hex');
