import { defineCommand } from '../command.ts';

export const command = defineCommand({
  name: 'cancel',
  summary: 'end a run that is under way',
  description: 'Ends the processes of a run (SIGTERM, then SIGKILL after jci.grace) and waits until its result is stored as cancelled.',
  arguments: [{ name: '[run]', description: 'a run id, a prefix of one, or a revision (default: the only run under way)', completes: 'run' }],
  examples: [{ command: 'git jci cancel', does: 'end the run under way' }],
  needs: 'repository',
  load: async () => (await import('../run/cancel.ts')).cancelRun,
});
