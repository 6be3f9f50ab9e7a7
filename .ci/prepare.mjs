// npm runs this after `npm ci` and `npm install` (as `postprepare`, also when git jci is installed from a git URL) and before
// packing (as `prepack`). Not as `prepare`: of that npm warns whoever installs the package from a tarball, which does not even
// hold this file.
import { existsSync } from 'node:fs';
import { root } from './lib/project.mjs';

if (existsSync(`${root}/node_modules/esbuild`)) {
  await import('./build.mjs');
} else if (!existsSync(`${root}/dist/main.cjs`)) {
  console.error('git jci cannot be built without its development packages: npm ci --include=dev');
  process.exit(1);
}
