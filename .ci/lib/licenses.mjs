import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './project.mjs';

const permissive = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', '0BSD', 'Unlicense']);

/**
 * The text of THIRD-PARTY-LICENSES.txt: every package that has a file in the bundle.
 *
 * @param {Iterable<string>} inputs paths of bundled files, relative to the repository root
 * @throws Error when a package has no licence text, or a licence that is not permissive
 */
export function thirdPartyLicenses(inputs) {
  const folders = new Set([...inputs].map(packageFolder).filter((folder) => folder !== undefined));
  const entries = [...folders].map(readPackage).sort((a, b) => (a.title < b.title ? -1 : 1));
  const intro = 'git jci contains parts of these packages, under the licences that follow.\n';
  return [intro, ...entries.map(({ title, text }) => `${title}\n${'-'.repeat(title.length)}\n\n${text.trim()}\n`)].join('\n\n');
}

/** `node_modules/@a/b/dist/x.js` -> `node_modules/@a/b`; the innermost package where they are nested. */
function packageFolder(file) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

function readPackage(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const title = `${name} ${version} (${license})`;
  if (!isPermissive(license)) throw new Error(`${title}: only ${[...permissive].join(', ')} may be bundled`);
  const file = readdirSync(join(root, folder)).find((entry) => /^(?:licen[cs]e|copying)(?:[.-]|$)/i.test(entry));
  if (file === undefined || !existsSync(join(root, folder, file))) return { title, text: licenceByName(title, license, author) };
  return { title, text: readFileSync(join(root, folder, file), 'utf8') };
}

/** For a package that only names its licence: the text that the name stands for, with its author as the holder of the rights. */
function licenceByName(title, license, author) {
  const holder = typeof author === 'string' ? author : author?.name;
  if (license === 'Unlicense') return 'Its authors dedicate it to the public domain: https://unlicense.org/';
  if (license !== 'MIT' || holder === undefined) throw new Error(`${title}: the package has no licence file`);
  return readFileSync(join(root, 'LICENSE'), 'utf8').replace(/^Copyright .*$/m, `Copyright (c) ${holder}`);
}

/** Of `(MIT OR GPL-3.0)` one is enough; anything more complicated is for a person to decide. */
function isPermissive(license) {
  return typeof license === 'string' && license.replace(/^\((.*)\)$/, '$1').split(' OR ').some((id) => permissive.has(id));
}
