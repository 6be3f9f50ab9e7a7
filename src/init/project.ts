import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the detectors go by: names at the top of the working tree and in its test folders, and what some of them say. */
export interface Project {
  /** `package.json`, `tests`, `tests/conftest.py`, ... */
  files: ReadonlySet<string>;
  /** Of the files in `readFiles` that there are. */
  contents: ReadonlyMap<string, string>;
}

/** Everything that a detector may ask the text of. */
const readFiles = [
  'package.json',
  'Cargo.toml',
  'pyproject.toml',
  'setup.cfg',
  'tox.ini',
  'requirements.txt',
  'requirements-dev.txt',
  'requirements-test.txt',
  'dev-requirements.txt',
  'CMakeLists.txt',
  'composer.json',
  'GNUmakefile',
  'makefile',
  'Makefile',
];

const testFolders = ['test', 'tests'];

/** Larger than any of these files that a person wrote. */
const maxBytes = 1024 * 1024;

/** Reads a project. @param top absolute. */
export function readProject(top: string): Project {
  const names = readdirSync(top);
  const inFolders = testFolders
    .filter((folder) => statSync(join(top, folder), { throwIfNoEntry: false })?.isDirectory())
    .flatMap((folder) => readdirSync(join(top, folder)).map((name) => `${folder}/${name}`));
  const readable = readFiles.filter((name) => names.includes(name) && isSmallFile(join(top, name)));
  return {
    files: new Set([...names, ...inFolders]),
    contents: new Map(readable.map((name) => [name, readFileSync(join(top, name), 'utf8')])),
  };
}

const isSmallFile = (path: string): boolean => {
  const stat = existsSync(path) ? statSync(path) : undefined;
  return stat !== undefined && stat.isFile() && stat.size <= maxBytes;
};

/** The text of a file; empty if there is none. */
export const textOf = (project: Project, name: string): string => project.contents.get(name) ?? '';
