import { defineCommand } from '../command.ts';
import type { InitOptions } from '../init/init-repository.ts';

export const command = defineCommand<InitOptions>({
  name: 'init',
  summary: 'write a .jci/run.sh that fits this repository',
  description:
    'Looks at the top of the working tree for package.json, go.mod, Cargo.toml, pyproject.toml and their like, and writes a script that builds and tests what it finds, as named steps. An existing script is never overwritten.',
  options: [
    { flags: '--print', description: 'print the script instead of writing it' },
    { flags: '--hooks', description: 'install the hooks as well (git jci hook install)' },
  ],
  examples: [
    { command: 'git jci init', does: 'write .jci/run.sh' },
    { command: 'git jci init --print', does: 'see it first' },
    { command: 'git jci init --hooks', does: 'and run every commit from now on' },
  ],
  needs: 'work tree',
  load: async () => (await import('../init/init-repository.ts')).initCommand,
});
