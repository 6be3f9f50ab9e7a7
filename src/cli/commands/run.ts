import { defineCommand } from '../command.ts';
import type { RunOptions } from '../run/options.ts';

export const command = defineCommand<RunOptions>({
  name: 'run',
  summary: 'run .jci/run.sh for a commit and store everything it wrote',
  description: [
    'Runs .jci/run.sh with bash and stores its output, its verdict and every file it left in $JCI_OUTPUT_DIR as git objects under refs/jci-runs/<commit>/<run id>.',
    'Without a revision it runs in the working tree as it is; changes are allowed, before and while it runs, but then the result is marked dirty and counts for nothing. Any other commit, a range, and --clean use a temporary worktree of exactly that commit.',
    'A range (main..topic) runs every commit of it, several at a time, each in its own worktree.',
    'With --watch it runs again whenever a file that git does not ignore changes, or HEAD moves to another commit, until Ctrl-C. A file that the script itself changes leads to another run, until it is known to be the script\'s own doing; better have git ignore it. With --clean only HEAD is watched: every commit you make is run, and saving a file is not.',
    'The exit code is that of the verdict, never the script\'s own: 0 passed, 1 failed, 124 timed out, 125 no run.sh, 128 could not be run or stored, 129/130/143 cancelled.',
  ].join('\n\n'),
  arguments: [{ name: '[revision|range]', description: 'what to run; HEAD in the working tree if omitted', completes: 'revision' }],
  options: [
    { flags: '--clean', description: 'run in a temporary worktree of exactly the commit' },
    { flags: '--if-needed', description: 'do nothing if this tree and script have already passed' },
    { flags: '--timeout <duration>', description: 'end the run after so long (30m, 90s, 1h30m)' },
    { flags: '-j, --jobs <count>', description: 'how many commits of a range at once (default: jci.concurrency)' },
    { flags: '--keep-going', description: 'run the rest of a range after a commit failed' },
    { flags: '-e, --env <setting>', description: 'NAME=value for the script, or NAME to take it from the environment', repeatable: true },
    { flags: '--sign', description: 'sign the result with your git signing key' },
    { flags: '--push [remote]', description: 'push the results afterwards', completes: 'remote' },
    { flags: '--shell-on-fail', description: 'open a shell where it failed' },
    { flags: '-q, --quiet', description: 'do not show the output' },
    { flags: '--json', description: 'print the record of the run as JSON instead of its output' },
    { flags: '--watch', description: 'run again at every change, or with --clean at every new commit' },
    { flags: '--trigger <trigger>', description: 'what started it, for the record; anything but manual runs in a temporary worktree', choices: ['manual', 'hook', 'cron', 'runner', 'dispatch'] },
    { flags: '--job <name>', description: 'name of the cron entry, for the record' },
    { flags: '--branch <name>', description: 'the branch it belongs to, for the record (default: the one the revision names, else the current one if the commit is in its history)', completes: 'branch' },
  ],
  examples: [
    { command: 'git jci run', does: 'the working tree as it is' },
    { command: 'git jci run --clean --if-needed', does: 'HEAD exactly as committed, unless it already passed' },
    { command: 'git jci run origin/main..HEAD --jobs 4', does: 'every commit of the branch, four at a time' },
    { command: 'git jci run --watch', does: 'again at every save' },
    { command: 'git bisect run git jci run --clean', does: 'find the commit that broke it' },
  ],
  needs: 'work tree',
  load: async () => (await import('../run/run-command.ts')).runCommand,
});
