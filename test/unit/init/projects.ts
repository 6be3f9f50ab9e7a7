import type { Project } from '../../../src/init/project.ts';

/** A project of which only these files are known; those with text can be read. */
export const projectOf = (files: Readonly<Record<string, string>>): Project => ({
  files: new Set(Object.keys(files)),
  contents: new Map(Object.entries(files)),
});

const manifest = (value: unknown): string => JSON.stringify(value);
const vitest = manifest({ scripts: { lint: 'eslint .', test: 'vitest run' }, devDependencies: { vitest: '4' } });

/** One of every kind that is known, by what it is. */
export const examples: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  npm: { 'package.json': vitest, 'package-lock.json': '' },
  'npm without lock file': { 'package.json': vitest },
  pnpm: { 'package.json': vitest, 'pnpm-lock.yaml': '' },
  'yarn 1': { 'package.json': vitest, 'yarn.lock': '' },
  'yarn 4': { 'package.json': vitest, 'yarn.lock': '', '.yarnrc.yml': '' },
  bun: { 'package.json': vitest, 'bun.lock': '' },
  go: { 'go.mod': 'module x' },
  cargo: { 'Cargo.toml': '[workspace]\n', 'Cargo.lock': '', 'rustfmt.toml': '' },
  uv: { 'pyproject.toml': '[project]\n[tool.uv]\n[tool.pytest.ini_options]\n', 'uv.lock': '' },
  poetry: { 'pyproject.toml': '[tool.poetry]\n', 'poetry.lock': '', 'tests/conftest.py': '' },
  tox: { 'tox.ini': '[tox]\n', 'setup.py': '' },
  nox: { 'noxfile.py': '' },
  pytest: { 'requirements.txt': 'pytest\n', 'pyproject.toml': '[project]\n[project.optional-dependencies]\ndocs = ["x"]\ntest = ["y"]\n' },
  unittest: { 'setup.py': '', 'tests/test_a.py': '' },
  gradle: { 'build.gradle.kts': '', gradlew: '' },
  maven: { 'pom.xml': '' },
  phpunit: { 'composer.json': manifest({ 'require-dev': { 'phpunit/phpunit': '^11' } }) },
  mix: { 'mix.exs': '' },
  cmake: { 'CMakeLists.txt': 'project(x)\nenable_testing()\n' },
  make: { Makefile: 'all:\n\ttrue\ncheck: all\n\ttrue\n' },
  'make beside go': { 'go.mod': '', Makefile: 'test:\n\tgo test ./...\n' },
  several: { 'package.json': vitest, 'go.mod': '', 'Cargo.toml': '', 'CMakeLists.txt': '', 'setup.py': '', 'conftest.py': '' },
  nothing: { 'README.md': '' },
};
