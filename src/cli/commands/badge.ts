import { defineCommand } from '../command.ts';

export const command = defineCommand({
  name: 'badge',
  summary: 'print the verdict on a branch as an SVG badge',
  description: 'Writes an SVG image to stdout: the verdict on the tip of a branch, by the same rules as git jci status.',
  arguments: [{ name: '[branch]', description: 'the branch that is asked about (default: the current one)', completes: 'branch' }],
  options: [{ flags: '--label <text>', description: 'the text on the left (default: ci)' }],
  examples: [{ command: 'git jci badge main > badge.svg', does: 'a badge for a web page' }],
  needs: 'repository',
  listsResults: true,
  load: async () => (await import('../verdict/print-badge.ts')).printBadge,
});
