/** What the manual tells beyond the commands: term and meaning. Tests hold it against the code. */
export type Entries = readonly (readonly [term: string, meaning: string])[];

export const introduction = `git jci runs .jci/run.sh for a commit on your own machine and keeps everything the script wrote as git objects under refs/jci-runs/. git jci push and pull move the results, git gc frees them, a browser shows them, and any git server stores them. There is no account and no service to set up.

A result is keyed by the tree of its commit: after a rebase or a reworded message the verdict still stands, and nothing runs again.

A run is named by its run id, a prefix of one, a revision (its latest run), or revision:n (its nth latest: HEAD~1:2 is the one before the latest of HEAD~1, and :2 that of HEAD).`;

export const exitStatus: Entries = [
  ['0', 'The run passed, or the command did what was asked.'],
  ['1', 'The run failed and its result is stored, or the answer is no.'],
  ['2', 'The command line or the configuration is wrong.'],
  ['3', 'Refused or impossible: locked, not found, ambiguous, refused by the remote. For git jci status: there is no verdict.'],
  ['4', 'git jci status: the run is still under way.'],
  ['124', 'The run was ended by its timeout.'],
  ['125', 'The commit cannot be tested: it has no .jci/run.sh. git bisect run skips such a commit.'],
  ['128', 'Not a git repository, a bare one, or one without a commit; git failed; or the run could not start or be stored. git bisect run stops at it.'],
  ['129, 130, 143', 'The run was ended by SIGHUP, Ctrl-C or SIGTERM; its result is stored as cancelled.'],
];

export const configuration: Entries = [
  ['jci.timeout', 'End a run after so long: 90s, 30m, 4h, 1h30m. Default: never.'],
  ['jci.grace', 'How long a script that is being ended has between SIGTERM and SIGKILL. Default: 10s.'],
  ['jci.clean', 'Always run in a temporary worktree of exactly the commit. Default: false.'],
  ['jci.share', 'An untracked path of your working tree, such as node_modules, that is made available in temporary worktrees. May be given several times.'],
  ['jci.keep', 'How many of the latest runs of each branch git jci prune leaves alone.'],
  ['jci.mask', 'Names or patterns of environment variables whose values, if 6 bytes or longer, are hidden in logs. May be given several times. Default: *_TOKEN, *_SECRET, *_PASSWORD and *_KEY. What .jci/config lists is added to it.'],
  ['jci.sign', 'Sign results with your git signing key. Default: false.'],
  ['jci.trust', 'Whose results count as a verdict: any (the default), own (those made in this clone, not pulled; none once .git/jci is deleted), or signed (those with a good signature of a key that you trust).'],
  ['jci.remote', 'Where git jci push, pull and prune go if no remote is named.'],
  ['jci.concurrency', 'How many runs this machine works on at once; others wait. Default: the number of cores.'],
  ['jci.notify', 'A shell command run at the end of each run, with its record as JSON on stdin.'],
];

export const configurationRules =
  "These are keys of git's own configuration, read as git reads it; options on the command line win over them. The file .jci/config, in the same syntax, gives defaults for everyone who clones the repository: only timeout, grace, clean, share, keep and mask count there, any other key is ignored with a warning, since a repository may not run commands on your machine outside of run.sh.";

export const scriptEnvironment: Entries = [
  ['JCI_COMMIT', 'The full id of the commit.'],
  ['JCI_REPO_ROOT', 'The tree the script runs for: your working tree, or a temporary worktree.'],
  ['JCI_OUTPUT_DIR', 'The directory whose files are stored with the result. It is also the current directory of the script.'],
  ['JCI_RUN_ID', 'The id of the run.'],
  ['JCI_BRANCH', 'The branch, or empty.'],
  ['JCI_TRIGGER', 'What started the run: manual, hook, cron, runner or dispatch.'],
  ['CI', 'true'],
];

export const toolEnvironment: Entries = [
  ['NO_COLOR, FORCE_COLOR', 'Switch colours off or on.'],
  ['JCI_DEBUG', 'With the value 1: print where an error comes from, as --debug does.'],
  ['XDG_CACHE_HOME', 'Where temporary worktrees live, in git-jci. Default: ~/.cache.'],
];

export const jsonRules = `With --json a command prints one document to stdout, on one line into a pipe; messages and exit codes stay as they are. Its version is 1 as long as no key goes or gets another meaning; new keys may come at any time.

Commits, trees and objects have their full ids, times are RFC 3339 in UTC, durations milliseconds, sizes bytes. What is not known is null or left out. A run is told by runId, commit, ref (its name) and result (the object it points at); its status is ok, err or running, its outcome passed, failed, timeout, cancelled, interrupted or broken. requestedAt is when it was asked for, to the second.

Besides version:`;

/** The keys of each document, and what they are. */
export const jsonDocuments: Entries = [
  ['git jci ls', 'runs: newest first.'],
  ['git jci log', 'commits: each with its verdict, the run that says so, and its own runs.'],
  ['git jci show', 'live, requestedAt, commit, runId, ref, result, subject, summary, record, steps, tests, account, artefacts, whyNoArtefacts, logTail: record is jci.json, account what summary.md says. Where there are too many artefacts to be listed, artefacts is null and whyNoArtefacts says how many. Of a run under way: the record it has so far.'],
  ['git jci run, rerun', 'The record, as jci.json has it. With --if-needed and nothing to do: needed (false), runId, commit. Of a range: runs, summary.'],
  ['git jci grep', 'runId, commit, line, text: a document for each match.'],
  ['git jci diff', 'before, after, steps, tests, artefacts: both runs, and what is in them; before or after is null where one has no such thing.'],
  ['git jci tests', 'runId, commit, totals, cases: totals is null without reports.'],
  ['git jci flaky', 'flaky: the tests, with the runs that prove it.'],
  ['git jci get', 'runId, folder, files, bytes, notes: where the artefacts are, how many, and what was left out.'],
  ['git jci status', 'verdict, commit, tree, run: passed, failed, running or none, and whose run says so.'],
  ['git jci verify', 'results: each with its problems, its damage and its signature.'],
  ['git jci hook ls', 'folder, hooksPath, hooks: hooksPath is core.hooksPath.'],
  ['git jci cron ls', 'entries: those of .jci/crontab and those installed.'],
  ['git jci cron next', 'timeZone, next: soonest first.'],
  ['git jci cron sync, rm', 'changes, environmentChanged: what was done to the crontab.'],
  ['git jci push', 'remote, pushed, present, conflicts, refused, leftOut, messages: present counts those that were there.'],
  ['git jci pull', 'remote, pulled, present, conflicts, unfit: unfit is what is no result.'],
  ['git jci prune', 'remote, committed, runs, stay, protected, bytes: committed is whether it was done, stay how many are left. Of a remote also unjudged, and once it is done removed, refused, messages.'],
  ['git jci doctor', 'findings: each with what was checked, its state and a message.'],
  ['git jci version', 'jci, runtime, git, platform: for a bug report.'],
];

export const files: Entries = [
  ['$JCI_OUTPUT_DIR/summary.md', 'Left by the script: the summary of the run, in Markdown. git jci show prints it, and the page shows it.'],
  ['.jci/run.sh', 'The script that is run, with bash. It needs nothing but itself; git jci init writes one that fits.'],
  ['.jci/config', 'Defaults of the repository; see CONFIGURATION.'],
  ['.jci/crontab', 'When to run by itself; see git jci cron.'],
  ['refs/jci-runs/<commit>/<run id>', 'The results. Each holds status.txt, run.output.txt (the log), index.html (a page for any browser), jci.json (the record) and the artefacts.'],
  ['$GIT_DIR/jci', 'Runs under way, and what was parsed once.'],
];
