import { defineCommand } from '../command.ts';

export const command = defineCommand({
  name: 'diff',
  summary: 'compare two runs',
  description: 'Tells what changed from one run to another: outcome, duration, step times, tests that were fixed or broken, artefacts that were added, removed or changed.',
  arguments: [
    { name: '<a>', description: 'the run to compare from, named as for git jci show', completes: 'run' },
    { name: '[b]', description: "the run to compare to (default: HEAD's latest)", completes: 'run' },
  ],
  options: [{ flags: '--json', description: 'print JSON' }],
  examples: [
    { command: 'git jci diff main HEAD', does: 'what this branch does to the run of main' },
    { command: 'git jci diff HEAD:2 HEAD:1', does: 'the two latest runs of HEAD' },
  ],
  needs: 'repository',
  load: async () => (await import('../compare/diff-runs.ts')).diffRuns,
});
