import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detect } from '../../../src/init/detect.ts';
import { describePart, formatScript } from '../../../src/init/script.ts';
import { examples, projectOf } from './projects.ts';

const scriptFor = (files: Readonly<Record<string, string>>): string => formatScript(detect(projectOf(files)));

describe.each(Object.entries(examples))('%s', (_, files) => {
  const script = scriptFor(files);

  test('is sound: bash and shellcheck have nothing to say', () => {
    execFileSync('bash', ['-n'], { input: script });
    execFileSync('shellcheck', ['--shell=bash', '-'], { input: script });
  });

  test('stops at the first failure and runs at the top of the tree', () => {
    expect(script.startsWith('#!/usr/bin/env bash\n')).toBe(true);
    expect(script).toContain('\nset -euo pipefail\ncd "$JCI_REPO_ROOT"\n');
  });

  test('names no step twice', () => {
    const names = [...script.matchAll(/^ *git jci step (\S+) --/gm)].map((match) => match[1]);
    expect(new Set(names).size).toBe(names.length);
  });
});

test('whatever is found together makes one sound script', () => {
  fc.assert(
    fc.property(fc.subarray(Object.values(examples)), (some) => {
      execFileSync('bash', ['-n'], { input: scriptFor(Object.assign({}, ...some) as Record<string, string>) });
    }),
    { numRuns: 30 },
  );
});

test('one kind of project has short names of steps, several have names that tell them apart', () => {
  expect(scriptFor(examples['go'] ?? {})).toContain('git jci step test -- go test ./...\n');
  const several = scriptFor(examples['several'] ?? {});
  expect(several).toContain('git jci step go-test -- go test ./...\n');
  expect(several).toContain('git jci step npm-lint -- npm run lint\n');
  expect(several).toContain('git jci step python-install -- .venv/bin/python -m pip install');
});

test('a makefile is run alone, and only offered beside other tools', () => {
  expect(scriptFor(examples['make'] ?? {})).toMatch(/^git jci step check -- make check$/m);
  const beside = scriptFor(examples['make beside go'] ?? {});
  expect(beside).toMatch(/^# {3}git jci step make-test -- make test$/m);
  expect(beside).not.toMatch(/^git jci .*make test/m);
});

test('where nothing is found the script fails, and says why', () => {
  const script = scriptFor({});
  expect(() => execFileSync('bash', ['-c', script], { env: { PATH: '/usr/bin:/bin', JCI_REPO_ROOT: '/' }, stdio: 'pipe' })).toThrow(/edit it/);
});

test('a part in words', () => {
  const [part] = detect(projectOf(examples['pnpm'] ?? {})).parts;
  expect(part && describePart(part)).toBe('package.json: pnpm (install, lint, test)');
});
