// Runs one TypeScript file: node .ci/run-ts.mjs <file> [argument...]. Node 20 does not strip types itself.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { define, root } from './lib/project.mjs';

const [file, ...args] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'run-ts-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const outfile = join(folder, 'main.mjs');
await build({
  absWorkingDir: root,
  entryPoints: [file],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  logLevel: 'warning',
  define: { ...define, 'import.meta.url': JSON.stringify(pathToFileURL(resolve(root, file)).href) },
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.filename);" },
});
process.argv = [process.argv[0], resolve(root, file), ...args];
await import(pathToFileURL(outfile).href);
