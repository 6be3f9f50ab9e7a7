import { defineCommand, type ArgumentSpec } from '../command.ts';
import type { HookName } from '../../hooks/names.ts';

const names: readonly HookName[] = ['post-commit', 'post-merge', 'pre-push'];

const which: readonly ArgumentSpec[] = [
  { name: '[hook...]', description: `${names.join(', ')}; all of them if omitted`, completes: names },
];

const install = defineCommand({
  name: 'install',
  summary: 'write our hooks, or bring them up to date',
  description:
    'Writes only where nothing is, or where a text stands that a git jci wrote. Other hooks, and folders that core.hooksPath shares with others (husky, a folder of the working tree, one for all repositories), are left alone: then it says what to add to them, and exits 3.',
  arguments: which,
  examples: [
    { command: 'git jci hook install', does: 'all three' },
    { command: 'git jci hook install pre-push', does: 'the gate alone' },
  ],
  needs: 'work tree',
  load: async () => (await import('../hook/change-hooks.ts')).installCommand,
});

const uninstall = defineCommand({
  name: 'uninstall',
  summary: 'remove our hooks',
  description: 'Removes only texts that a git jci wrote. Exits 3 if something that calls git jci had to be left.',
  arguments: which,
  examples: [{ command: 'git jci hook uninstall', does: 'all of ours' }],
  needs: 'work tree',
  load: async () => (await import('../hook/change-hooks.ts')).uninstallCommand,
});

const ls = defineCommand<{ json?: boolean }>({
  name: 'ls',
  summary: 'list the hooks and whose they are',
  description: 'Lists the three hooks: ours, somebody else\'s, or absent.',
  options: [{ flags: '--json', description: 'print JSON' }],
  examples: [{ command: 'git jci hook ls', does: 'what is installed here' }],
  needs: 'work tree',
  load: async () => (await import('../hook/list-hooks.ts')).listCommand,
});

const run = defineCommand({
  name: 'run',
  summary: 'do the work of one hook (what hooks call)',
  description:
    'Does the work of one hook: with its arguments, and for pre-push with what git writes to its input. Call it from hooks that git jci may not write itself.',
  arguments: [
    { name: '<hook>', description: names.join(', '), completes: names },
    { name: '[args...]', description: 'what git gave the hook' },
  ],
  examples: [{ command: 'git jci hook run post-commit "$@"', does: 'in a hook of your own' }],
  needs: 'repository',
  passThrough: true,
  internal: true,
  load: async () => (await import('../hook/run-hook.ts')).runHookCommand,
});

export const command = defineCommand({
  name: 'hook',
  summary: "install git's hooks that run and check commits by themselves",
  description: [
    'post-commit and post-merge start a run of the new commit in the background, in a temporary worktree, if it has a .jci/run.sh and its tree and script have not passed before: a reworded message runs nothing again. pre-push refuses to push a branch whose new tip has no passing verdict; a commit without .jci/run.sh has nothing to pass and is let through, and so are tags, deletions and results.',
    'All are silent during a rebase, git am, a bisection, a sequence of cherry-picks, and inside a run.',
  ].join('\n\n'),
  subcommands: [install, uninstall, ls, run],
  examples: [
    { command: 'git jci hook install', does: 'run every commit, and gate every push' },
    { command: 'git push --no-verify', does: 'push past the gate' },
  ],
  needs: 'nothing',
});
