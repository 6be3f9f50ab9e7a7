import { defineCommand } from '../command.ts';
import type { FlakyOptions } from '../tests/list-flaky.ts';

export const command = defineCommand<FlakyOptions>({
  name: 'flaky',
  summary: 'list tests whose result changed without a change of the code',
  description: 'Compares runs of the same tree and the same script: a test that passed in one and failed in another is flaky. Dirty runs do not count. Each is listed with the runs that prove it.',
  options: [
    { flags: '-n, --limit <count>', description: 'look at so many of the newest runs; 0 for all (default: 1000)' },
    { flags: '--json', description: 'print JSON' },
  ],
  examples: [
    { command: 'git jci flaky', does: 'which tests cannot be relied on' },
    { command: 'git jci rerun; git jci flaky', does: 'get one more sample first' },
  ],
  needs: 'repository',
  load: async () => (await import('../tests/list-flaky.ts')).listFlaky,
});
