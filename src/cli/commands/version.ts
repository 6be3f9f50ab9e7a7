import { defineCommand } from '../command.ts';
import type { VersionOptions } from '../show-version.ts';

export const command = defineCommand<VersionOptions>({
  name: 'version',
  summary: 'print the version',
  description: 'Prints the version of git jci. With --json also what it runs on and which git it finds: put that into bug reports.',
  options: [{ flags: '--json', description: 'print JSON' }],
  examples: [
    { command: 'git jci version', does: 'one line' },
    { command: 'git jci version --json', does: 'for a bug report' },
  ],
  needs: 'nothing',
  load: async () => (await import('../show-version.ts')).showVersion,
});
