import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { argv, execPath, versions } from 'node:process';

/** The words that start this very git jci again, from anywhere and with any environment: absolute paths only. */
export function selfCommand(): readonly string[] {
  if (isStandalone()) return [execPath];
  return [execPath, realpathSync(argv[1] ?? '')];
}

/** The folder of the executable called `git-jci`. */
export function toolFolder(): string {
  return dirname(isStandalone() ? execPath : realpathSync(argv[1] ?? ''));
}

/** Inside the standalone executable the script's path is a virtual one. */
const isStandalone = (): boolean => versions['bun'] !== undefined && !(execPath.split('/').at(-1) ?? '').startsWith("bun");
