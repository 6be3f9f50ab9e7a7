import { defineCommand } from '../command.ts';

export const command = defineCommand({
  name: 'verify',
  summary: 'check the signature and the integrity of results',
  description: 'Checks that every object of a result is here and hashes to its name (if not, says which artefact is damaged and what to do), that the result is one (no parents, a verdict, a record that fits its ref), and verifies its signature if it has one. Exits 1 when something is wrong.',
  arguments: [{ name: '[run]', description: "a run id, a prefix of one, a revision, or revision:n for its nth latest run; :n is HEAD's nth (default: HEAD's latest)", completes: 'run' }],
  options: [
    { flags: '-a, --all', description: 'every run there is' },
    { flags: '--signed', description: 'a result without a good signature is wrong too' },
    { flags: '--json', description: 'print JSON' },
  ],
  examples: [
    { command: 'git jci verify', does: "HEAD's latest run" },
    { command: 'git jci verify --all --signed', does: 'audit everything' },
  ],
  needs: 'repository',
  load: async () => (await import('../check/verify-runs.ts')).verifyRuns,
});
