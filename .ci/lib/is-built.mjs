import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './project.mjs';

/** What the build reads. */
const inputs = ['.ci', 'bin', 'package-lock.json', 'package.json', 'src', 'tsconfig.json', 'web'];

/** What it writes last: a build that failed has not come this far. */
const made = `${root}/dist/man/git-jci.1`;

/** True if nothing has changed since the last build. A folder is as young as the last file that was added to it or removed. */
export function isBuilt() {
  return existsSync(made) && inputs.every((name) => newestIn(`${root}/${name}`) < statSync(made).mtimeMs);
}

function newestIn(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}
