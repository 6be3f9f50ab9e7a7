import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CommandSpec } from '../../src/cli/command.ts';
import { loadAllCommands } from '../../src/cli/table.ts';
import { projectRoot } from '../helpers/test-environment.ts';

const groups = await loadAllCommands();
const commands = groups.flatMap((group) => group.commands);

/** Paths in test/cli: those in a folder are not repeated on the executable. */
const cliTests = readdirSync(join(projectRoot, 'test', 'cli'), { recursive: true, encoding: 'utf8' });

/** Each with its subcommands, by the words that call it. */
function withSubcommands(spec: CommandSpec, words: string): [string, CommandSpec][] {
  const own: [string, CommandSpec] = [words, spec];
  return [own, ...(spec.subcommands ?? []).flatMap((sub) => withSubcommands(sub, `${words} ${sub.name}`))];
}

const all = commands.flatMap((spec) => withSubcommands(spec, spec.name));
const shown = all.filter(([, spec]) => spec.internal !== true);

describe('every command', () => {
  test.each(shown)('%s says what it does, with an example', (_, spec) => {
    expect(spec.summary).toMatch(/^[a-z`.].*[^.]$/);
    expect(spec.summary.length).toBeLessThan(80);
    expect(spec.description.length).toBeGreaterThan(spec.summary.length / 2);
    expect(spec.subcommands !== undefined || spec.examples.length > 0).toBe(true);
  });

  test.each(shown)('%s describes every option and argument', (_, spec) => {
    for (const { flags, description } of spec.options ?? []) expect([flags, description.length > 3]).toEqual([flags, true]);
    for (const { name, description } of spec.arguments ?? []) expect([name, description.length > 3]).toEqual([name, true]);
  });

  test.each(commands.filter(({ internal }) => internal !== true).map(({ name }) => name))('%s has end-to-end tests', (name) => {
    expect(cliTests.filter((file) => basename(file) === `${name}.test.ts`)).toHaveLength(1);
  });

  test.each(commands.filter(({ internal }) => internal !== true).map(({ name }) => name))('%s is in the README', (name) => {
    expect(readFileSync(join(projectRoot, 'README.md'), 'utf8')).toMatch(new RegExp(`\`(?:git jci )?${name}\\b`));
  });

  test('is called by the name it stands under', () => {
    expect(new Set(commands.map(({ name }) => name)).size).toBe(commands.length);
  });
});

test('the executable is asked for every command whose other tests are not repeated on it', () => {
  const asked = readFileSync(join(projectRoot, 'test', 'cli', 'json.test.ts'), 'utf8');
  const notRepeated = new Set(cliTests.filter((file) => file.includes('/')).map((file) => basename(file, '.test.ts')));
  const names = commands.map(({ name }) => name).filter((name) => notRepeated.has(name));
  expect(names).toEqual(expect.arrayContaining(['ls', 'push']));
  expect(names.filter((name) => !asked.includes(`'git jci ${name}', '${name}'`))).toEqual([]);
});

test('a command file loads nothing but the description: the work is imported when it is called', () => {
  for (const { name, internal } of commands) {
    if (internal === true) continue;
    const text = readFileSync(join(projectRoot, 'src', 'cli', 'commands', `${name}.ts`), 'utf8');
    const loaded = [...text.matchAll(/^import (?!type )[^;]* from '([^']+)'/gm)].map((match) => match[1]);
    // A list of names costs nothing to load.
    const heavy = loaded.filter((path) => path !== '../command.ts' && !/\/(?:names|log-options)\.ts$/.test(path ?? ''));
    expect([name, heavy]).toEqual([name, []]);
  }
});
