import { defineCommand } from '../command.ts';

export const command = defineCommand({
  name: 'show',
  summary: 'show one run: outcome, steps, tests, artefacts',
  description: 'Shows how a run ended and why, its steps with their times, failed tests first, annotations, the summary it left (summary.md) and its artefacts. A run that is under way is shown as far as it has got.',
  arguments: [{ name: '[run]', description: "a run id, a prefix of one, a revision, or revision:n for its nth latest run; :n is HEAD's nth (default: HEAD's latest)", completes: 'run' }],
  options: [{ flags: '--json', description: 'print JSON' }],
  examples: [
    { command: 'git jci show', does: "HEAD's latest run" },
    { command: 'git jci show HEAD~1:2', does: 'the run before the latest one of HEAD~1' },
  ],
  needs: 'repository',
  load: async () => (await import('../show/show-run.ts')).showRun,
});
