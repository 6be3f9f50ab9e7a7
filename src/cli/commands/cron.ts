import { defineCommand } from '../command.ts';
import type { ListCronOptions } from '../cron/list-cron.ts';
import type { NextOptions } from '../cron/next-runs.ts';
import type { RunEntryOptions } from '../cron/run-entry.ts';
import type { SyncOptions } from '../cron/sync-cron.ts';

const json = { flags: '--json', description: 'print JSON' };

const list = defineCommand<ListCronOptions>({
  name: 'ls',
  summary: 'list the entries of .jci/crontab and whether they are installed',
  description:
    'Lists the entries of .jci/crontab in this working tree, each with its state: installed, not installed, outdated (installed with another schedule, branch or path), or orphaned (installed, and no longer in the file).',
  options: [json],
  examples: [{ command: 'git jci cron ls', does: 'what is installed, and what is not' }],
  needs: 'work tree',
  load: async () => (await import('../cron/list-cron.ts')).listCron,
});

const sync = defineCommand<SyncOptions>({
  name: 'sync',
  summary: "bring your crontab in line with .jci/crontab",
  description: [
    'Installs the entries of .jci/crontab in your system crontab, changes those that differ, and removes those that are gone; without the file it removes them all. Only lines that end in this repository\'s mark (# JCI:<sha256 of its root> [<name>]) are touched: every other byte of the crontab stays as it is. If a line of the file is bad, nothing is installed.',
    'Jobs get PATH, LANG, LC_ALL, XDG_CACHE_HOME and XDG_CONFIG_HOME as they are in the shell that calls this: cron itself sets PATH=/usr/bin:/bin and little else. They write nothing unless a run fails, and what they write cron mails to you.',
    'All worktrees share the entries: what counts is the file in the working tree this is called in. An entry without branch: runs HEAD of the main working tree.',
  ].join('\n\n'),
  options: [json],
  examples: [{ command: 'git jci cron sync', does: 'install, change and remove what differs' }],
  needs: 'work tree',
  load: async () => (await import('../cron/sync-cron.ts')).syncCron,
});

const next = defineCommand<NextOptions>({
  name: 'next',
  summary: 'show when the entries of .jci/crontab are due next',
  description:
    "Shows the next times that the entries of .jci/crontab are due, soonest first, with the time zone, by the clock that cron goes by: the system's own, whatever TZ says in your shell.",
  options: [{ flags: '-n, --number <count>', description: 'how many times of each entry (default: 3)' }, json],
  examples: [{ command: 'git jci cron next -n 20', does: 'the next 20 times of every entry' }],
  needs: 'work tree',
  load: async () => (await import('../cron/next-runs.ts')).showNextRuns,
});

const remove = defineCommand<SyncOptions>({
  name: 'rm',
  summary: "remove this repository's lines from your crontab",
  description: 'Removes every line with the mark of this repository from your system crontab. .jci/crontab stays: git jci cron sync installs it again.',
  options: [json],
  examples: [{ command: 'git jci cron rm', does: 'no more scheduled runs of this repository' }],
  needs: 'repository',
  load: async () => (await import('../cron/sync-cron.ts')).removeCron,
});

const run = defineCommand<RunEntryOptions>({
  name: 'run',
  summary: 'run one entry now (what cron calls)',
  description:
    'Runs what an entry of .jci/crontab would run: the tip of its branch, or HEAD, in a temporary worktree of exactly that commit, and stores the result under the name of the entry. The lines in the crontab call it; they say themselves what to run, whatever is checked out. Your checkout is never touched. While an entry still runs, another run of it is left out, with exit code 0.',
  arguments: [{ name: '<name>', description: 'the name of the entry, as git jci cron ls shows it', completes: 'entry' }],
  options: [
    { flags: '-b, --branch <branch>', description: "run the tip of this branch, not of the entry's", completes: 'branch' },
    { flags: '--environment <file>', description: 'what the lines in the crontab give: take PATH and the like from this file, and ask nothing of .jci/crontab' },
    { flags: '-q, --quiet', description: 'say nothing unless the run fails' },
  ],
  examples: [{ command: 'git jci cron run nightly', does: 'what cron would do at night' }],
  needs: 'nothing',
  load: async () => (await import('../cron/run-entry.ts')).runEntry,
});

export const command = defineCommand({
  name: 'cron',
  summary: 'run at set times, by the cron of this machine',
  description: [
    'Keeps your system crontab in line with .jci/crontab, which is versioned with the code.',
    'A line of .jci/crontab holds the five time fields of cron, or @hourly @daily @midnight @weekly @monthly @yearly @annually @reboot, and then branch:<branch> and name:<name>, both optional. Without a name it is called by its schedule and branch: 0_3_x_x_x_main. Lines that begin with # are comments.',
  ].join('\n\n'),
  examples: [
    { command: "echo '0 3 * * * branch:main name:nightly' >> .jci/crontab", does: 'every night at three, the tip of main' },
    { command: 'git jci cron sync', does: 'install it' },
  ],
  needs: 'nothing',
  subcommands: [list, sync, next, remove, run],
});
