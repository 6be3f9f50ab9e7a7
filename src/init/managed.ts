import type { Part } from './part.ts';
import { textOf, type Project } from './project.ts';

/** Gradle, by its wrapper where there is one. */
export function detectGradle({ files }: Project): Part | undefined {
  const found = ['build.gradle', 'build.gradle.kts', 'settings.gradle', 'settings.gradle.kts'].find((name) => files.has(name));
  if (found === undefined) return undefined;
  const gradle = files.has('gradlew') ? './gradlew' : 'gradle';
  return { tool: 'gradle', found, stages: [{ name: 'check', command: `${gradle} --no-daemon check` }] };
}

/** Maven, by its wrapper where there is one. */
export function detectMaven({ files }: Project): Part | undefined {
  if (!files.has('pom.xml')) return undefined;
  const maven = files.has('mvnw') ? './mvnw' : 'mvn';
  return { tool: 'maven', found: 'pom.xml', stages: [{ name: 'verify', command: `${maven} --batch-mode verify` }] };
}

/** composer.json, with phpunit or a `test` script. */
export function detectComposer(project: Project): Part | undefined {
  const manifest = textOf(project, 'composer.json');
  const test = phpTest(project, manifest);
  if (test === undefined) return undefined;
  return {
    tool: 'composer',
    found: 'composer.json',
    stages: [
      { name: 'install', command: 'composer install --no-interaction --no-progress', onlyIf: '[ ! -e vendor ]' },
      { name: 'test', command: test },
    ],
  };
}

function phpTest({ files }: Project, manifest: string): string | undefined {
  if (manifest === '') return undefined;
  const hasPhpunit = files.has('phpunit.xml') || files.has('phpunit.xml.dist') || manifest.includes('"phpunit/phpunit"');
  if (hasPhpunit) return 'vendor/bin/phpunit --log-junit "$JCI_OUTPUT_DIR/phpunit.xml"';
  return /"scripts"\s*:\s*\{[^}]*"test"\s*:/.test(manifest) ? 'composer run-script test' : undefined;
}

/** mix.exs */
export function detectMix({ files }: Project): Part | undefined {
  if (!files.has('mix.exs')) return undefined;
  return {
    tool: 'mix',
    found: 'mix.exs',
    stages: [
      { shell: ['export MIX_ENV=test'] },
      { name: 'deps', command: 'mix deps.get' },
      { name: 'test', command: 'mix test' },
    ],
  };
}
