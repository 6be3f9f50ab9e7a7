import { defineCommand } from '../command.ts';

export const command = defineCommand({
  name: '__complete',
  summary: 'list values for the completion of a shell',
  description: 'What the scripts of git jci completion call: one value per line, and after a tab what it is.',
  arguments: [
    { name: '<kind>', description: 'run, revision, branch, remote, artefact, step or (of the crontab) entry' },
    { name: '[prefix]', description: 'what the values begin with' },
    { name: '[argument...]', description: 'what was typed before: the run whose artefacts or steps are meant' },
  ],
  examples: [{ command: 'git jci __complete run 17', does: 'runs whose id begins with 17' }],
  needs: 'nothing',
  passThrough: true,
  internal: true,
  load: async () => (await import('../completion/values.ts')).printValues,
});
