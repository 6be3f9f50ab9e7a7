import { defineCommand } from '../command.ts';
import type { WebOptions } from '../web/serve.ts';

export const command = defineCommand<WebOptions>({
  name: 'web',
  summary: 'look at runs in a browser',
  description:
    'Serves a page with the commits of every branch, their runs, logs, tests and artefacts, until Ctrl-C. It listens on this machine only, unless --host says otherwise: then everybody who can reach that address sees what is in the repository, and can start and cancel runs.',
  arguments: [{ name: '[port]', description: 'where to listen; 0 takes a free port (default: 8000, or a free one if that is taken)' }],
  options: [
    { flags: '--host <address>', description: 'the address to listen on, or its name (default: 127.0.0.1)' },
    { flags: '--open', description: 'open the page in a browser' },
  ],
  examples: [
    { command: 'git jci web', does: 'serve the page and print its address' },
    { command: 'git jci web --open 0', does: 'take a free port, and open the page' },
  ],
  needs: 'repository',
  load: async () => (await import('../web/serve.ts')).serveViewer,
});
