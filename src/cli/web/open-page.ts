import type { Context } from '../../base/context.ts';
import { isSystemError, messageOf } from '../../base/errors.ts';
import { startInBackground } from '../../proc/background.ts';
import { findProgram } from '../../proc/find-program.ts';
import type { Ui } from '../render/ui.ts';

/** Has the user's browser show a page. Where nothing can, it is told: the address is printed anyway. */
export async function openPage(url: string, ctx: Context, ui: Ui): Promise<void> {
  // On WSL the first one is the browser of Windows.
  const names = ctx.platform === 'darwin' ? ['open'] : ['wslview', 'xdg-open', 'open'];
  const opener = names.map((name) => findProgram(name, ctx.env)).find((path) => path !== undefined);
  if (opener === undefined) {
    ui.warn(`--open: neither ${names.join(' nor ')} is here`);
    return;
  }
  try {
    await startInBackground(opener, [url], { cwd: '/', env: ctx.env });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    ui.warn(`--open: ${messageOf(error)}`);
  }
}
