import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fatalError, hasCode, messageOf, refusal } from '../base/errors.ts';

/** Where the script stands, from the top of the working tree. */
export const scriptPath = '.jci/run.sh';

/**
 * Writes run.sh, executable, where none is.
 * @throws JciError (3) when something stands there already: it is never overwritten; (128) when it cannot be written.
 */
export function writeScript(top: string, text: string): void {
  const path = join(top, scriptPath);
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw cannotWrite(error);
  }
  try {
    // `x` also refuses a link, wherever it leads.
    writeFileSync(path, text, { flag: 'wx', mode: 0o755 });
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw cannotWrite(error);
    throw refusal(`${scriptPath} is there already and is left as it is`, { hint: 'see what would be written: git jci init --print' });
  }
}

const cannotWrite = (cause: unknown): Error => fatalError(`${scriptPath} cannot be written: ${messageOf(cause)}`, { cause });
