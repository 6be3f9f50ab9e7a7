import { defineCommand } from '../command.ts';

export const command = defineCommand({
  name: 'step',
  summary: 'inside run.sh: run a command as a named, timed step',
  description:
    "Runs a command and returns its exit code. The run shows it with its duration, and its output can be read alone (git jci logs --step). Any number may run at once with '&': their outputs never interleave. Outside a run the command just runs.",
  arguments: [{ name: '<name>', description: 'how the step is called in listings' }],
  takesRest: '-- <command> [args...]',
  examples: [
    { command: 'git jci step test -- npm test', does: 'one step' },
    { command: 'git jci step lint -- make lint & lint=$!', does: 'in the background, while the script goes on' },
    { command: 'wait "$lint"', does: 'later: with set -e, fails if that step did' },
  ],
  needs: 'nothing',
  load: async () => (await import('../step-command.ts')).stepCommand,
});
