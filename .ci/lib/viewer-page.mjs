// Makes the viewer's page: one HTML file with its script and style inside, that asks nobody but its server for anything.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { minify } from 'terser';
import { root } from './project.mjs';

/**
 * Bundles web/ into one page.
 * @returns `module`, a CommonJS module with `html` and the CSP hashes of what is inline; what went into it; and the size of script and style.
 */
export async function buildViewerPage() {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['web/main.tsx'],
    outdir: `${root}/dist/web`,
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: ['chrome123', 'firefox120', 'safari17.5'],
    inject: ['web/jsx.ts'],
    tsconfigRaw: { compilerOptions: { jsx: 'react', jsxFactory: 'h', jsxFragmentFactory: 'Fragment', strict: true } },
    minify: true,
    legalComments: 'none',
    metafile: true,
    write: false,
  });
  // A second look at what esbuild has made small already: every KiB is one that a feature may have.
  const { code: script = '' } = await minify(textOf(outputFiles, '.js'), { ecma: 2020, compress: { passes: 3, keep_fargs: false, unsafe_arrows: true } });
  const style = textOf(outputFiles, '.css');
  const template = await readFile(`${root}/web/index.html`, 'utf8');
  const html = template
    .replace('<!-- style -->', () => `<style>${style}</style>`)
    .replace('<!-- script -->', () => `<script>${script}</script>`);
  const page = { html, scriptHash: hashOf(script), styleHash: hashOf(style) };
  return { module: `module.exports = ${JSON.stringify(page)};\n`, metafile, gzipped: gzipSync(script + style, { level: 9 }).length };
}

function textOf(files, extension) {
  return files.find(({ path }) => path.endsWith(extension))?.text.trim() ?? '';
}

/** As a Content-Security-Policy has it. */
function hashOf(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
