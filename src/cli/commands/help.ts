import { defineCommand } from '../command.ts';

export const command = defineCommand({
  name: 'help',
  summary: 'show all commands, or what one of them does',
  description: 'Without a command: all of them, by group. With one: the same as its -h. The manual is in git help jci.',
  arguments: [{ name: '[command...]', description: 'a command, and its subcommand if it has any', completes: 'command' }],
  examples: [
    { command: 'git jci help', does: 'all commands' },
    { command: 'git jci help run', does: 'what run does, and its options' },
    { command: 'git jci help hook install', does: 'the same for a subcommand' },
  ],
  needs: 'nothing',
  load: async () => (await import('../show-help.ts')).showHelp,
});
