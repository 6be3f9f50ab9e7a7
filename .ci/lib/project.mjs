import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository root, without a trailing slash. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** The version in package.json. */
export const version = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')).version;

/** What every build, and the tests, put in place of names in the sources: values are JavaScript expressions. */
export const define = { __JCI_VERSION__: JSON.stringify(version) };

export const entryPoint = 'src/cli/main.ts';
