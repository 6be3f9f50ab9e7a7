import { defineCommand } from '../command.ts';
import type { StatusOptions } from '../verdict/show-status.ts';

export const command = defineCommand<StatusOptions>({
  name: 'status',
  summary: 'tell the verdict on a commit by exit code',
  description: 'Looks up the newest result that counts for the tree and script of a commit, whichever commit it was run for: a rebase or a reworded message keeps its verdict. Exits 0 when it passed, 1 when it failed, 3 when there is none, 4 while it runs.',
  arguments: [{ name: '[revision]', description: 'the commit that is asked about (default: HEAD)', completes: 'revision' }],
  options: [
    { flags: '--porcelain', description: 'print one word and the run id, stable for scripts' },
    { flags: '--prompt', description: 'print one symbol for a shell prompt, nothing where there is no repository' },
    { flags: '--json', description: 'print JSON' },
  ],
  examples: [
    { command: 'git jci status && git push', does: 'push only what has passed' },
    { command: "PS1='$(git jci status --prompt) \\w$ '", does: 'in a shell prompt' },
  ],
  needs: 'nothing',
  load: async () => (await import('../verdict/show-status.ts')).showStatus,
});
