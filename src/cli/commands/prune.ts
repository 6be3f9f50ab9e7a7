import { defineCommand } from '../command.ts';
import type { PruneOptions } from '../prune/options.ts';

export const command = defineCommand<PruneOptions>({
  name: 'prune',
  summary: 'remove old runs, here or on a remote',
  description: [
    'Lists the runs that the rules are against, and how much space they take; removes them only with --commit.',
    '--older-than and --failed narrow each other: both together mean old failures. --unreachable adds runs whose source commit is gone from the repository. --keep-last (or jci.keep) protects, and so does a run being stored. --max-size then drops the oldest of the rest. Without --older-than, --failed, --unreachable and --max-size: --unreachable.',
    'Sizes are those of the packed objects that no remaining run uses. Git frees them in its own time, after some two weeks. --now does it at once with git gc, which also destroys dropped stashes and commits that nothing leads to: it says how many. It is refused while runs are under way.',
    '--on-remote removes from a remote what it has had since we looked, and nothing that changed meanwhile. It fetches nothing: where a rule asks for verdicts or branches, runs that are not here stay.',
  ].join('\n\n'),
  options: [
    { flags: '--older-than <age>', description: 'runs that began longer ago (30d, 2w, 6m: months)' },
    { flags: '--failed', description: 'runs whose verdict is err' },
    { flags: '--unreachable', description: 'runs whose source commit is gone (not in a shallow clone)' },
    { flags: '--keep-last <count>', description: 'keep the newest so many runs of each branch (default: jci.keep)' },
    { flags: '--max-size <size>', description: 'what all results may take together (500M, 1G)' },
    { flags: '--on-remote [remote]', description: 'prune a remote instead of this repository', completes: 'remote' },
    { flags: '--commit', description: 'do it, instead of only saying what would be done' },
    { flags: '--now', description: 'free the space at once (git gc)' },
    { flags: '--json', description: 'print JSON' },
  ],
  examples: [
    { command: 'git jci prune', does: 'what would go because its commit is gone' },
    { command: 'git jci prune --older-than 30d --failed --commit', does: 'remove failures older than 30 days' },
    { command: 'git jci prune --older-than 6m --keep-last 5 --commit --now', does: 'half a year of history, and the space back' },
    { command: 'git jci prune --on-remote --older-than 6m', does: 'what would go on the remote' },
  ],
  needs: 'repository',
  load: async () => (await import('../prune/prune-runs.ts')).pruneCommand,
});
