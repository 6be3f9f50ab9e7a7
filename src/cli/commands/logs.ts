import { defineCommand } from '../command.ts';
import type { LogsOptions } from '../logs/show-logs.ts';

export const command = defineCommand<LogsOptions>({
  name: 'logs',
  summary: 'show the output of a run',
  description: 'Prints what the script wrote, in the order it was written: through your pager on a terminal, without colours into a pipe. Lines that are commands, such as ::group::, are shown as what they mean; --raw prints what is stored, byte for byte. A run under way is shown as far as it has got; -f stays with it to its end.',
  arguments: [{ name: '[run]', description: "a run id, a prefix of one, a revision, or revision:n for its nth latest run; :n is HEAD's nth (default: HEAD's latest)", completes: 'run' }],
  options: [
    { flags: '-f, --follow', description: 'follow a run that is under way' },
    { flags: '--step <name>', description: 'only the output of this step', completes: 'step' },
    { flags: '--failed', description: 'only the output of failed steps; everything if no step failed' },
    { flags: '-n, --tail <lines>', description: 'only the last lines' },
    { flags: '--raw', description: 'the stored bytes, with commands and escape sequences' },
    { flags: '--no-pager', description: 'do not start a pager' },
  ],
  examples: [
    { command: 'git jci logs', does: "the output of HEAD's latest run" },
    { command: 'git jci logs -f', does: 'follow the run that is under way' },
    { command: 'git jci logs HEAD --failed', does: 'straight to what went wrong' },
    { command: 'git jci logs 1763201234 --tail 50', does: 'the end of an older run' },
  ],
  needs: 'repository',
  load: async () => (await import('../logs/show-logs.ts')).showLogs,
});
