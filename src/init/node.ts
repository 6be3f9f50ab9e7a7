import type { Part, Stage } from './part.ts';
import { textOf, type Project } from './project.ts';

interface PackageManager {
  name: 'npm' | 'pnpm' | 'yarn' | 'bun';
  install: string;
  /** Between the name of a script and arguments for it. */
  beforeArguments: string;
}

interface Manifest {
  packageManager: string;
  scripts: Readonly<Record<string, unknown>>;
  hasDependencies: boolean;
}

/** Scripts that check something and end, in the order that fails soonest. */
const checks = ['lint', 'typecheck', 'type-check', 'check', 'build', 'test'];

/** package.json: those of its scripts that check something. */
export function detectNode(project: Project): Part | undefined {
  const manifest = parseManifest(textOf(project, 'package.json'));
  if (manifest === undefined) return undefined;
  const manager = packageManager(project, manifest.packageManager);
  const scripts = checks.filter((name) => isReal(manifest.scripts[name]));
  if (scripts.length === 0) return undefined;
  const install: Stage = { name: 'install', command: manager.install, onlyIf: '[ ! -e node_modules ]' };
  return {
    tool: manager.name,
    found: 'package.json',
    ...(manifest.hasDependencies
      ? { comment: 'node_modules is used as it is; for runs in temporary worktrees, share yours with: git config jci.share node_modules' }
      : {}),
    stages: [
      ...(manifest.hasDependencies ? [install] : []),
      ...scripts.map((name) => ({ name, command: runScript(manager, name, String(manifest.scripts[name])) })),
    ],
  };
}

function parseManifest(text: string): Manifest | undefined {
  const value = parseJson(text);
  if (value === undefined) return undefined;
  const { scripts, packageManager } = value;
  return {
    packageManager: typeof packageManager === 'string' ? packageManager : '',
    scripts: isObject(scripts) ? scripts : {},
    hasDependencies: ['dependencies', 'devDependencies', 'optionalDependencies', 'workspaces'].some((key) => {
      const declared = value[key];
      return typeof declared === 'object' && declared !== null && Object.keys(declared).length > 0;
    }),
  };
}

function parseJson(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    // Not JSON (or no such file): then it is not npm's either.
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `npm init` writes a test script that only says that there is none. */
const isReal = (script: unknown): boolean => typeof script === 'string' && script !== '' && !script.includes('no test specified');

/** What package.json says, else the lock file, else npm. */
function packageManager({ files }: Project, declared: string): PackageManager {
  const [name, version = ''] = declared.split('@');
  const is = (manager: string, ...locks: string[]): boolean => (name ? name === manager : locks.some((lock) => files.has(lock)));
  if (is('pnpm', 'pnpm-lock.yaml')) return { name: 'pnpm', install: frozen(files.has('pnpm-lock.yaml'), 'pnpm install'), beforeArguments: '' };
  if (is('bun', 'bun.lock', 'bun.lockb')) {
    return { name: 'bun', install: frozen(files.has('bun.lock') || files.has('bun.lockb'), 'bun install'), beforeArguments: '' };
  }
  if (is('yarn', 'yarn.lock')) return yarn(files, version);
  const locked = files.has('package-lock.json') || files.has('npm-shrinkwrap.json');
  return { name: 'npm', install: locked ? 'npm ci' : 'npm install', beforeArguments: '-- ' };
}

/** Yarn 2 and later call it otherwise. */
function yarn(files: ReadonlySet<string>, version: string): PackageManager {
  const isModern = files.has('.yarnrc.yml') || Number.parseInt(version, 10) >= 2;
  const install = isModern && files.has('yarn.lock') ? 'yarn install --immutable' : frozen(files.has('yarn.lock'), 'yarn install');
  return { name: 'yarn', install, beforeArguments: '' };
}

const frozen = (locked: boolean, install: string): string => (locked ? `${install} --frozen-lockfile` : install);

function runScript(manager: PackageManager, name: string, script: string): string {
  const run = `${manager.name} run ${name}`;
  const report = name === 'test' ? reportArguments(script) : undefined;
  return report === undefined ? run : `${run} ${manager.beforeArguments}${report}`;
}

/** Has the test runner leave a report besides what it prints, if it is one that we know. */
function reportArguments(script: string): string | undefined {
  if (takesVitestArguments(script)) return vitestReport;
  return takesNodeTestArguments(script) ? nodeTestReport : undefined;
}

const vitestReport = '--reporter=default --reporter=junit --outputFile.junit="$JCI_OUTPUT_DIR/vitest.xml"';

const nodeTestReport =
  '--test-reporter=spec --test-reporter-destination=stdout --test-reporter=junit --test-reporter-destination="$JCI_OUTPUT_DIR/tests.xml"';

/** Node takes options only before the names of files. */
const takesNodeTestArguments = (script: string): boolean => /^node(?: -\S+)* --test(?: -\S+)*$/.test(script) && !script.includes('--test-reporter');

/** Arguments go to the last of several commands, so it must be the only one. */
const takesVitestArguments = (script: string): boolean => /^vitest( run)?( [^&|;]*)?$/.test(script) && !script.includes('--reporter');
