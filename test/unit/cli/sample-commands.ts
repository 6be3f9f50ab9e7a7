import type { LoadedGroup } from '../../../src/cli/command-list.ts';
import { defineCommand } from '../../../src/cli/command.ts';

const common = { description: 'A description.', examples: [{ command: 'git jci x', does: 'an example' }], needs: 'nothing' } as const;

/** Made-up commands with everything a description can have, for tests of help, manual and completion. */
export const sampleGroups: readonly LoadedGroup[] = [
  {
    title: 'Run',
    commands: [
      defineCommand({
        ...common,
        name: 'run',
        summary: "run a commit, its script's way: [all]",
        arguments: [{ name: '[revision]', description: 'what to run', completes: 'revision' }],
        options: [
          { flags: '--clean', description: 'in a temporary worktree' },
          { flags: '-j, --jobs <count>', description: 'how many at once' },
          { flags: '-e, --env <setting>', description: 'NAME=value', repeatable: true },
          { flags: '-s, --status <status>', description: 'only these', choices: ['ok', 'err', 'running'] },
          { flags: '--push [remote]', description: 'push afterwards', completes: 'remote' },
          { flags: '--output <file>', description: 'where to', completes: 'path' },
        ],
      }),
      defineCommand({
        ...common,
        name: 'cat',
        summary: 'print one file',
        arguments: [
          { name: '<run>', description: 'a run', completes: 'run' },
          { name: '<path>', description: 'a path', completes: 'artefact' },
        ],
        options: [{ flags: '--step <name>', description: 'of this step', completes: 'step' }],
      }),
      defineCommand({
        ...common,
        name: 'log',
        summary: 'show history',
        arguments: [{ name: '[revision...]', description: 'what to show', completes: 'revision' }],
        takesRest: '[-- ...]',
      }),
      defineCommand({
        ...common,
        name: 'hook',
        summary: 'install hooks',
        subcommands: [
          defineCommand({ ...common, name: 'install', summary: 'write them', arguments: [{ name: '[hook...]', description: 'which', completes: ['post-commit', 'pre-push'] }] }),
          defineCommand({ ...common, name: 'ls', summary: 'list them', options: [{ flags: '--json', description: 'print JSON' }] }),
          defineCommand({ ...common, name: 'secret', summary: 'not for people', internal: true }),
        ],
      }),
    ],
  },
  {
    title: 'Help',
    commands: [
      defineCommand({ ...common, name: 'help', summary: 'show help', arguments: [{ name: '[command...]', description: 'a command', completes: 'command' }] }),
      defineCommand({ ...common, name: '__complete', summary: 'internal', internal: true }),
    ],
  },
];
