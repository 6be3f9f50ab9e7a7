import type { Part, Stage } from './part.ts';
import { textOf, type Project } from './project.ts';

const requirementFiles = ['requirements.txt', 'requirements-dev.txt', 'requirements-test.txt', 'dev-requirements.txt'];
const manifests = ['pyproject.toml', 'setup.py', 'setup.cfg', ...requirementFiles, 'tox.ini', 'noxfile.py'];

/** Extras that projects keep what their tests need under. */
const testExtras = ['test', 'tests', 'testing', 'dev'];

/** Python, with whatever the project uses: uv, poetry or pip; tox, nox, pytest or unittest. */
export function detectPython(project: Project): Part | undefined {
  const found = manifests.find((name) => project.files.has(name));
  const test = found === undefined ? undefined : testTool(project);
  if (found === undefined || test === undefined) return undefined;
  const setting = (tool: string, install: string): Part => ({
    tool,
    found,
    stages: [{ name: 'install', command: install }, { name: 'test', command: `${tool} run ${commandOf(test)}` }],
  });
  if (isUv(project)) return setting('uv', project.files.has('uv.lock') ? 'uv sync --locked' : 'uv sync');
  if (isPoetry(project)) return setting('poetry', 'poetry install --no-interaction');
  // These two make their own environments.
  if (test === 'tox' || test === 'nox') return { tool: test, found, stages: [{ name: 'test', command: commandOf(test) }] };
  return withPip(project, found, test);
}

type TestTool = 'tox' | 'nox' | 'pytest' | 'unittest';

const commandOf = (tool: TestTool): string =>
  ({
    tox: 'tox',
    nox: 'nox',
    pytest: 'pytest --junitxml="$JCI_OUTPUT_DIR/pytest.xml"',
    unittest: 'python -m unittest discover',
  })[tool];

function testTool(project: Project): TestTool | undefined {
  const { files } = project;
  if (files.has('tox.ini') || /^\[tool\.tox\b/m.test(textOf(project, 'pyproject.toml'))) return 'tox';
  if (files.has('noxfile.py')) return 'nox';
  if (usesPytest(project)) return 'pytest';
  return [...files].some((name) => /(?:^|\/)test_\w+\.py$/.test(name)) ? 'unittest' : undefined;
}

function usesPytest(project: Project): boolean {
  const hints = ['pytest.ini', 'conftest.py', 'test/conftest.py', 'tests/conftest.py'];
  if (hints.some((name) => project.files.has(name))) return true;
  return [...requirementFiles, 'pyproject.toml', 'setup.cfg'].some((name) => /\bpytest\b/.test(textOf(project, name)));
}

const isUv = (project: Project): boolean =>
  project.files.has('uv.lock') || /^\[tool\.uv\b/m.test(textOf(project, 'pyproject.toml'));

const isPoetry = (project: Project): boolean =>
  project.files.has('poetry.lock') || /^\[tool\.poetry\b/m.test(textOf(project, 'pyproject.toml'));

function withPip(project: Project, found: string, test: TestTool): Part {
  const wanted = [
    ...requirementFiles.filter((name) => project.files.has(name)).map((name) => `-r ${name}`),
    ...(isPackage(project) ? [`-e ${packageWithExtras(textOf(project, 'pyproject.toml'))}`] : []),
    ...(test === 'pytest' ? ['pytest'] : []),
  ];
  const environment: Stage = {
    shell: ['if [ ! -e .venv ]; then', '  python3 -m venv .venv', "  echo '*' > .venv/.gitignore", ...installLines(wanted), 'fi'],
  };
  return {
    tool: 'python',
    found,
    comment: '.venv is used as it is; for runs in temporary worktrees, share yours with: git config jci.share .venv',
    stages: [environment, { name: 'test', command: `.venv/bin/python -m ${commandOf(test).replace('python -m ', '')}` }],
  };
}

/** Half an environment would be taken for a whole one by the next run. */
const installLines = (wanted: readonly string[]): string[] =>
  wanted.length === 0
    ? []
    : [`  git jci step install -- .venv/bin/python -m pip install --quiet ${wanted.join(' ')} || { rm -rf .venv; exit 1; }`];

const isPackage = (project: Project): boolean =>
  project.files.has('setup.py') || /^\[(?:project|build-system)\]/m.test(textOf(project, 'pyproject.toml'));

/** `'.[test]'` where the package declares such an extra, else `.` */
function packageWithExtras(pyproject: string): string {
  const [, extras = ''] = /^\[project\.optional-dependencies\]\n([^[]*(?:\[[^\]]*\][^[]*)*?)(?=^\[|(?![\s\S]))/m.exec(pyproject) ?? [];
  const extra = testExtras.find((name) => new RegExp(`^\\s*"?${name}"?\\s*=`, 'm').test(extras));
  return extra === undefined ? '.' : `'.[${extra}]'`;
}
