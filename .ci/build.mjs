// Bundles src/cli/main.ts and everything it uses into dist/, so that the npm package needs no other package.
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { thirdPartyLicenses } from './lib/licenses.mjs';
import { define, entryPoint, root } from './lib/project.mjs';

const dist = `${root}/dist`;

/**
 * One CommonJS file: bin/git-jci keeps V8's code for it, which makes a start cheaper than many small modules do. What a
 * command does not use is compiled neither then nor later: esbuild turns each `await import()` into a call.
 */
const { outputFiles, metafile } = await build({
  absWorkingDir: root,
  entryPoints: [entryPoint],
  outfile: `${dist}/main.cjs`,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  charset: 'ascii',
  legalComments: 'none',
  metafile: true,
  write: false,
  define,
});

await mkdir(dist, { recursive: true });
// At once, since somebody may start `git jci` meanwhile.
for (const { path, contents } of outputFiles) await replace(path, contents);
await replace(`${dist}/THIRD-PARTY-LICENSES.txt`, thirdPartyLicenses(Object.keys(metafile.inputs)));
console.log(`dist/main.cjs: ${Math.round(outputFiles[0].contents.length / 1024)} KiB`);

async function replace(path, contents) {
  await writeFile(`${path}.new`, contents);
  await rename(`${path}.new`, path);
}
