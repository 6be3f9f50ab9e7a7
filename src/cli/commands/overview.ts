import { defineCommand } from '../command.ts';

export const command = defineCommand({
  name: 'overview',
  summary: 'show the everyday commands and the state of HEAD',
  description: 'What git jci prints when it is called alone.',
  examples: [{ command: 'git jci', does: 'where am I?' }],
  needs: 'nothing',
  internal: true,
  load: async () => (await import('../show-help.ts')).showOverview,
});
