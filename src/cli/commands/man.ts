import { defineCommand } from '../command.ts';

export const command = defineCommand({
  name: '__man',
  summary: 'print the manual page',
  description: 'What the build calls: the page is made from the same descriptions as the help. Its date is SOURCE_DATE_EPOCH, which the build sets to that of the changelog.',
  examples: [{ command: 'git jci __man | man -l -', does: 'read it' }],
  needs: 'nothing',
  internal: true,
  load: async () => (await import('../print-man-page.ts')).printManPage,
});
