// Bundles src/cli/main.ts and everything it uses into dist/, so that the npm package needs no other package.
import { execFileSync } from 'node:child_process';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { build } from 'esbuild';
import { thirdPartyLicenses } from './lib/licenses.mjs';
import { define, entryPoint, root } from './lib/project.mjs';
import { releaseSeconds } from './lib/release-date.mjs';
import { buildViewerPage } from './lib/viewer-page.mjs';

const dist = `${root}/dist`;

const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  // Packages that stand beside it are required too: code that comes from V8's cache cannot import.
  supported: { 'dynamic-import': false },
  minify: true,
  charset: 'ascii',
  legalComments: 'none',
  metafile: true,
  write: false,
};

/** Packages that few commands need: they stand beside main.cjs, so that the others do not read them. */
const lazyPackages = ['cron-parser', 'execa', 'hono', '@hono/node-server', 'log-update', 'markdown-it', 'sax', 'simple-git', 'tap-parser', 'valibot'];

/** What has a default export only reaches CommonJS from its CommonJS file alone. */
const { resolve } = createRequire(import.meta.url);
const entryOf = (name) => (name === 'markdown-it' ? resolve(name) : name);

/** Those that were imported, parts of packages (`hono/streaming`) too. */
const leftOut = new Set();
const besideMain = (name) => `lib/${name.replace('@', '').replaceAll('/', '-')}.cjs`;

const leaveOut = {
  name: 'leave-out',
  setup({ onResolve }) {
    onResolve({ filter: new RegExp(`^(?:${lazyPackages.join('|')})(?:/.*)?$`) }, ({ path }) => {
      leftOut.add(path);
      return { path: `./${besideMain(path)}`, external: true };
    });
    onResolve({ filter: /^#viewer-page$/ }, () => ({ path: './lib/viewer-page.cjs', external: true }));
  },
};

/**
 * One CommonJS file: bin/git-jci keeps V8's code for it, which makes a start cheaper than many small modules do. What a
 * command does not use is not run: esbuild turns each `await import()` into a call.
 */
const [main, page] = await Promise.all([
  build({ ...common, entryPoints: [entryPoint], outfile: `${dist}/main.cjs`, define, plugins: [leaveOut] }),
  buildViewerPage(),
]);
const beside = await Promise.all(
  [...leftOut].map((name) => build({ ...common, entryPoints: [entryOf(name)], outfile: `${dist}/${besideMain(name)}` })),
);
const bundles = [main, ...beside];
const pageFile = { path: `${dist}/lib/viewer-page.cjs`, contents: Buffer.from(page.module) };
const outputFiles = [...bundles.flatMap((bundle) => bundle.outputFiles), pageFile];
const inputs = [...bundles, page].flatMap(({ metafile }) => Object.keys(metafile.inputs));

// At once, since somebody may start `git jci` meanwhile.
for (const { path, contents } of outputFiles.reverse()) await replace(path, contents);
await replace(`${dist}/THIRD-PARTY-LICENSES.txt`, thirdPartyLicenses(inputs));
await replace(`${dist}/man/git-jci.1`, manPage());
for (const { path, contents } of outputFiles) console.log(`${path.slice(root.length + 1)}: ${Math.round(contents.length / 1024)} KiB`);
console.log(`the viewer's script and style: ${(page.gzipped / 1024).toFixed(1)} KiB gzipped`);

/** The man page is made from the same descriptions as everything else: by the command line that was just built. */
function manPage() {
  const env = { ...process.env, SOURCE_DATE_EPOCH: process.env.SOURCE_DATE_EPOCH || releaseSeconds(root) };
  return execFileSync(process.execPath, [`${root}/bin/git-jci`, '__man'], { encoding: 'utf8', env });
}

async function replace(path, contents) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, contents);
  await rename(`${path}.new`, path);
}
