import { defineCommand } from '../command.ts';
import type { GetOptions } from '../artefacts/get-artefacts.ts';

export const command = defineCommand<GetOptions>({
  name: 'get',
  summary: 'write all artefacts of a run to a directory',
  description:
    'Restores the artefacts of a run into a new or empty directory. Nothing is overwritten and no link is followed: what would be unsafe is left out, with a warning. Folders with the default name are ignored by git, through a line in .git/info/exclude, so that they make no run dirty; one that you name is yours to ignore.',
  arguments: [{ name: '[run]', description: "a run id, a prefix of one, a revision, or revision:n for its nth latest run; :n is HEAD's nth (default: HEAD's latest)", completes: 'run' }],
  options: [
    { flags: '-o, --output <directory>', description: 'where to (default: jci-<run id>)', completes: 'path' },
    { flags: '--all', description: 'also the log and the records of git jci itself' },
    { flags: '--json', description: 'print JSON' },
  ],
  examples: [
    { command: 'git jci get', does: "the artefacts of HEAD's latest run" },
    { command: 'git jci get 1763201234 -o /tmp/run', does: 'those of the run whose id begins with 1763201234' },
  ],
  needs: 'repository',
  load: async () => (await import('../artefacts/get-artefacts.ts')).getArtefacts,
});
