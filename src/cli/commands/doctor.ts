import { defineCommand } from '../command.ts';

export const command = defineCommand({
  name: 'doctor',
  summary: 'check that everything is in order, and put it in order',
  description: 'Checks versions, the configuration, runs whose git jci died, leftover directories and worktrees, the load of loose refs and of packs, whether .jci/crontab and your crontab agree, lines in your crontab that git jci installed for repositories that are gone, and the remotes. --fix puts right what it can, and removes what is left over: look at the list first. Exits 1 when something keeps git jci from working: advice alone does not count.',
  options: [
    { flags: '--fix', description: 'put right what was found' },
    { flags: '--offline', description: 'do not ask the remotes' },
    { flags: '--json', description: 'print JSON' },
  ],
  examples: [
    { command: 'git jci doctor', does: 'what is wrong here' },
    { command: 'git jci doctor --fix', does: 'and put it right' },
  ],
  needs: 'repository',
  load: async () => (await import('../doctor/run-doctor.ts')).runDoctor,
});
