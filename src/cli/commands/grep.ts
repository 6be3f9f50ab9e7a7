import { defineCommand } from '../command.ts';
import type { GrepOptions } from '../logs/grep-logs.ts';

export const command = defineCommand<GrepOptions>({
  name: 'grep',
  summary: 'search the logs of all runs',
  description: 'Searches the stored logs with a regular expression, newest run first. Without a range: the logs of every run.',
  arguments: [
    { name: '<pattern>', description: 'a regular expression, as JavaScript has them' },
    { name: '[range]', description: 'only runs of these commits', completes: 'revision' },
  ],
  options: [
    { flags: '-i, --ignore-case', description: 'upper and lower case are the same' },
    { flags: '-F, --fixed-strings', description: 'the pattern is plain text' },
    { flags: '-l, --runs-with-matches', description: 'print only the runs' },
    { flags: '-m, --max-count <count>', description: 'stop after so many matches in a run' },
    { flags: '--failed', description: 'only runs that did not pass' },
    { flags: '--json', description: 'print one JSON document per match' },
  ],
  examples: [
    { command: 'git jci grep "ECONNRESET|ETIMEDOUT"', does: 'find out since when the network has been failing' },
    { command: 'git jci grep -l -F "out of memory" main~50..main', does: 'which runs of the last commits had it' },
  ],
  needs: 'repository',
  load: async () => (await import('../logs/grep-logs.ts')).grepLogs,
});
