import { defineCommand } from '../command.ts';

export const command = defineCommand({
  name: 'cat',
  summary: 'print one artefact of a run',
  description: 'Writes one file of a result to stdout, byte for byte, streamed. jci.json, steps.json and tests.json can be read too.',
  arguments: [
    { name: '<run>', description: "a run id, a prefix of one, a revision, or revision:n for its nth latest run; :n is HEAD's nth", completes: 'run' },
    { name: '<path>', description: 'the path of the artefact in the result', completes: 'artefact' },
  ],
  examples: [{ command: 'git jci cat HEAD coverage/summary.txt', does: "an artefact of HEAD's latest run" }],
  needs: 'repository',
  load: async () => (await import('../artefacts/cat-artefact.ts')).catArtefact,
});
