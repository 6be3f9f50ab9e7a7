import { existsSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Our own checkout. */
export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * The words that start the real `git jci`: `bin/git-jci` under this Node, or the standalone executable that
 * `JCI_TEST_EXECUTABLE` names.
 */
export function jciCommand(): [string, ...string[]] {
  const standalone = process.env['JCI_TEST_EXECUTABLE'];
  if (standalone) return [built(resolve(projectRoot, standalone), 'npm run build:standalone')];
  built(join(projectRoot, 'dist', 'main.cjs'), 'npm run build');
  return [process.execPath, join(projectRoot, 'bin', 'git-jci')];
}

function built(path: string, command: string): string {
  if (!existsSync(path)) throw new Error(`${path} is not built: ${command}`);
  return path;
}

/** The start of the npm package in shell words, for what the standalone executable's runtime does by itself. */
export const packageInShell = `'${process.execPath}' '${join(projectRoot, 'bin', 'git-jci')}'`;

const globalConfig = `[user]
	name = Ada
	email = ada@example.com
[init]
	defaultBranch = main
	templateDir =
[commit]
	gpgSign = false
[gc]
	auto = 0
[maintenance]
	auto = false
[protocol "file"]
	allow = always
[advice]
	detachedHead = false
`;

/**
 * Makes a home, a cache and a folder with `git-jci` under `root`, and the environment that knows nothing else.
 *
 * Of the outside only PATH and TMPDIR stay: no GIT_*, no JCI_*, no configuration of the machine.
 */
export function makeEnvironment(root: string): Record<string, string> {
  const folder = (name: string): string => {
    const path = join(root, name);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const home = folder('home');
  writeFileSync(join(home, '.gitconfig'), globalConfig);
  symlinkSync(jciCommand().at(-1) ?? '', join(folder('bin'), 'git-jci'));
  const codeCache = process.env['JCI_TEST_CODE_CACHE'];
  if (codeCache !== undefined) symlinkSync(codeCache, join(folder('cache/git-jci'), 'code'));
  return {
    PATH: [join(root, 'bin'), ...outsidePath()].join(delimiter),
    HOME: home,
    XDG_CACHE_HOME: folder('cache'),
    XDG_CONFIG_HOME: folder('config'),
    TMPDIR: folder('tmp'),
    GIT_CONFIG_GLOBAL: join(home, '.gitconfig'),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    USER: 'ada',
  };
}

/** npm puts `node_modules/.bin` in front: a test must not find our development tools there. */
const outsidePath = (): string[] =>
  (process.env['PATH'] ?? '/usr/bin:/bin').split(delimiter).filter((folder) => !folder.includes(`node_modules${sep}.bin`));

/** A test that works on our own checkout by mistake could rewrite it. */
export function refuseOwnCheckout(path: string): void {
  const real = realpathSync(path);
  if (real === projectRoot || real.startsWith(projectRoot + sep)) {
    throw new Error(`tests make repositories, and ${real} is inside our own: point TMPDIR elsewhere`);
  }
}
