import { defineCommand } from '../command.ts';
import type { TestsOptions } from '../tests/list-tests.ts';

export const command = defineCommand<TestsOptions>({
  name: 'tests',
  summary: 'list the test cases of a run, failed ones first',
  description: 'Lists the cases that were read from JUnit XML and TAP files among the artefacts.',
  arguments: [{ name: '[run]', description: "a run id, a prefix of one, a revision, or revision:n for its nth latest run; :n is HEAD's nth (default: HEAD's latest)", completes: 'run' }],
  options: [
    { flags: '--failed', description: 'only failed ones, with what they said' },
    { flags: '--slowest <count>', description: 'only the slowest, slowest first' },
    { flags: '--json', description: 'print JSON' },
  ],
  examples: [
    { command: 'git jci tests --failed', does: "what failed in HEAD's latest run" },
    { command: 'git jci tests --slowest 10', does: 'where the time goes' },
  ],
  needs: 'repository',
  load: async () => (await import('../tests/list-tests.ts')).listTests,
});
