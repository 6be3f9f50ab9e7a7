// npm runs this after `npm ci`, before packing, and when git jci is installed from a git URL.
import { existsSync } from 'node:fs';
import { root } from './lib/project.mjs';

if (existsSync(`${root}/node_modules/esbuild`)) {
  await import('./build.mjs');
} else if (!existsSync(`${root}/dist/main.cjs`)) {
  console.error('git jci cannot be built without its development packages: npm ci --include=dev');
  process.exit(1);
}
