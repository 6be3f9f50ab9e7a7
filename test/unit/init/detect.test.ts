import { describe, expect, test } from 'vitest';
import { detect } from '../../../src/init/detect.ts';
import { examples, projectOf } from './projects.ts';

/** Everything that would run, as one text. */
function commands(files: Readonly<Record<string, string>> | undefined): string {
  const { parts } = detect(projectOf(files ?? {}));
  return parts.flatMap(({ stages }) => stages.flatMap((stage) => ('shell' in stage ? stage.shell : [stage.command]))).join('\n');
}

const json = (value: unknown): string => JSON.stringify(value);

describe('package.json', () => {
  test.each([
    ['npm', 'npm ci'],
    ['npm without lock file', 'npm install'],
    ['pnpm', 'pnpm install --frozen-lockfile'],
    ['yarn 1', 'yarn install --frozen-lockfile'],
    ['yarn 4', 'yarn install --immutable'],
    ['bun', 'bun install --frozen-lockfile'],
  ])('%s is installed with: %s', (name, install) => {
    expect(commands(examples[name]).split('\n')[0]).toBe(install);
  });

  test('packageManager is believed before a lock file', () => {
    const text = json({ packageManager: 'yarn@4.1.0', scripts: { test: 'x' }, dependencies: { a: '1' } });
    expect(commands({ 'package.json': text, 'package-lock.json': '', 'yarn.lock': '' })).toBe('yarn install --immutable\nyarn run test');
  });

  test('nothing is installed where there is nothing to install', () => {
    expect(commands({ 'package.json': json({ scripts: { test: 'mocha' } }) })).toBe('npm run test');
  });

  test('only scripts that check something are run, in the order that fails soonest', () => {
    const scripts = { test: 'a', start: 'b', dev: 'c', lint: 'd', build: 'e', 'test:watch': 'f' };
    expect(commands({ 'package.json': json({ scripts }) })).toBe('npm run lint\nnpm run build\nnpm run test');
  });

  test('the test script that npm init writes is none', () => {
    const scripts = { test: 'echo "Error: no test specified" && exit 1' };
    expect(detect(projectOf({ 'package.json': json({ scripts }) })).parts).toEqual([]);
  });

  test.each([
    ['vitest', true],
    ['vitest run --coverage', true],
    ['vitest run && tsc', false],
    ['vitest run --reporter=verbose', false],
    ['vitest-wrapper', false],
    ['node --test', true],
    ['node --import tsx --test', false],
    ['node --import=tsx --test --test-concurrency=2', true],
    ['node --test test/', false],
    ['node --test --test-reporter=tap', false],
    ['jest', false],
  ])('the test script %s gets a report: %s', (script, wants) => {
    const text = commands({ 'package.json': json({ scripts: { test: script } }) });
    expect(text.includes('"$JCI_OUTPUT_DIR/')).toBe(wants);
  });

  test('npm alone wants two dashes before arguments', () => {
    expect(commands(examples['npm'])).toContain('npm run test -- --reporter');
    expect(commands(examples['pnpm'])).toContain('pnpm run test --reporter');
  });

  test.each(['', '{', '[]', 'null', '"text"', '{"scripts":[]}', '{"scripts":null,"dependencies":7}'])('%s is no reason to fail', (text) => {
    expect(detect(projectOf({ 'package.json': text })).parts).toEqual([]);
  });
});

describe('python', () => {
  test.each([
    ['uv', 'uv sync --locked\nuv run pytest --junitxml="$JCI_OUTPUT_DIR/pytest.xml"'],
    ['poetry', 'poetry install --no-interaction\npoetry run pytest --junitxml="$JCI_OUTPUT_DIR/pytest.xml"'],
    ['tox', 'tox'],
    ['nox', 'nox'],
  ])('%s', (name, expected) => {
    expect(commands(examples[name])).toBe(expected);
  });

  test('pip installs the requirements, the package with what its tests need, and pytest', () => {
    expect(commands(examples['pytest'])).toContain("pip install --quiet -r requirements.txt -e '.[test]' pytest ");
    expect(commands({ 'setup.py': '', 'conftest.py': '' })).toContain('pip install --quiet -e . pytest ');
  });

  test('an extra of the same name in another table is not one of the package', () => {
    const text = '[project]\n[project.optional-dependencies]\ndocs = ["a[b]"]\n[tool.x]\ntest = 1\n';
    expect(commands({ 'pyproject.toml': text, 'conftest.py': '' })).toContain('-e . pytest');
  });

  test('unittest where there are tests but no pytest; nothing where there are none', () => {
    expect(commands(examples['unittest'])).toContain('.venv/bin/python -m unittest discover');
    expect(detect(projectOf({ 'setup.py': '' })).parts).toEqual([]);
  });
});

describe('others', () => {
  test.each([
    ['go', 'go build ./...\ngo vet ./...\ngo test ./...'],
    ['cargo', 'cargo fmt --check\ncargo build --all-targets --workspace --locked\ncargo test --workspace --locked'],
    ['gradle', './gradlew --no-daemon check'],
    ['maven', 'mvn --batch-mode verify'],
    ['make', 'make check'],
  ])('%s', (name, expected) => {
    expect(commands(examples[name])).toBe(expected);
  });

  test('cmake builds outside of the tree, and tests only where there are tests', () => {
    expect(commands(examples['cmake'])).toContain('ctest --test-dir "$cmake_build"');
    expect(commands({ 'CMakeLists.txt': 'project(x)' })).not.toContain('ctest');
  });

  test('composer needs something to test with', () => {
    expect(commands(examples['phpunit'])).toContain('vendor/bin/phpunit --log-junit');
    expect(commands({ 'composer.json': json({ scripts: { test: 'x' } }) })).toContain('composer run-script test');
    expect(detect(projectOf({ 'composer.json': '{}' })).parts).toEqual([]);
  });

  test.each(['test = 1', 'test := 1', 'testing:', '.PHONY: test', ''])('a makefile with %s has no target to run', (text) => {
    expect(detect(projectOf({ Makefile: text })).parts).toEqual([]);
  });
});
