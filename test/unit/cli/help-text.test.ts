import { colorsIf } from '../../../src/cli/render/colors.ts';
import { describe, expect, test } from 'vitest';
import { commandList, overviewText } from '../../../src/cli/command-list.ts';
import { defineCommand, type CommandSpec } from '../../../src/cli/command.ts';
import { helpText } from '../../../src/cli/help-text.ts';
import { parseCommandLine } from '../../../src/cli/parse.ts';
import { loadAllCommands } from '../../../src/cli/table.ts';
import { sampleGroups } from './sample-commands.ts';

const plain = colorsIf(false);

const spec = defineCommand({
  name: 'ls',
  summary: 'list runs',
  description: 'Lists runs, newest first, and says about each of them what there is to say about it in one line.\n\nA second paragraph.',
  arguments: [{ name: '[revision]', description: 'runs of this commit' }],
  options: [
    { flags: '-s, --status <status>', description: 'only these', choices: ['ok', 'err'] },
    { flags: '--env <setting>', description: 'a setting', repeatable: true },
    { flags: '--quite-a-long-option <with-a-value>', description: 'stands on a line of its own' },
  ],
  examples: [{ command: 'git jci ls', does: 'the latest' }],
  needs: 'repository',
});

/** The command of this name among the made-up ones. */
function sample(name: string): CommandSpec {
  const found = sampleGroups.flatMap(({ commands }) => commands).find((command) => command.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

describe('helpText', () => {
  test('says how to call it, what it does, with what, and for example', () => {
    expect(helpText(spec, 'git jci ls', plain)).toBe(`Usage
  git jci ls [options] [revision]

List runs

Lists runs, newest first, and says about each of them what there is to say about
it in one line.

A second paragraph.

Arguments
  [revision]  runs of this commit

Options
  -s, --status <status>  only these (one of ok, err)
      --env <setting>    a setting (may be given several times)
      --quite-a-long-option <with-a-value>
                         stands on a line of its own
  -h, --help             show this help

Examples
  git jci ls
      the latest

Exit codes, configuration, JSON: git help jci
`);
  });

  test('lists subcommands, without the internal ones', () => {
    const text = helpText(sample('hook'), 'git jci hook', plain);
    expect(text).toContain('  git jci hook <command> [options]\n');
    expect(text).toContain('  install  write them\n');
    expect(text).not.toContain('secret');
  });

  test('every real command fits 80 columns, but for what must not be broken', async () => {
    for (const { commands } of await loadAllCommands()) {
      for (const command of commands) {
        const text = helpText(command, `git jci ${command.name}`, plain);
        const long = text.split('\n').filter((line) => line.length > 80 && !/^ {2}\S/.test(line));
        expect(long).toEqual([]);
      }
    }
  });
});

describe('the list of all commands', () => {
  test('goes by group, lines up, and leaves out the internal ones', () => {
    const text = commandList(sampleGroups, plain);
    expect(text).toContain('Run\n  run   run a commit');
    expect(text).toContain('Help\n  help  show help\n');
    expect(text).not.toContain('__complete');
  });

  test('a group of nothing but internal commands has no title', () => {
    const internal = { title: 'Internal', commands: [defineCommand({ ...spec, internal: true })] };
    expect(commandList([...sampleGroups, internal], plain)).not.toContain('Internal');
  });

  test('the overview names the commands as they are typed', () => {
    expect(overviewText([sample('run')], '1.2.3', plain)).toBe("git jci 1.2.3\n  git jci run   run a commit, its script's way: [all]\n  git jci help  all commands\n");
  });
});

describe('asking for help on the command line', () => {
  test.each([
    [['-h'], 'git jci hook'],
    [['install', '--help'], 'git jci hook install'],
  ])('%j', (words, path) => {
    expect(parseCommandLine(sample('hook'), words)).toMatchObject({ path });
  });

  test('works without the arguments that are otherwise needed', () => {
    expect(parseCommandLine(sample('cat'), ['-h'])).toMatchObject({ help: { name: 'cat' } });
    expect(() => parseCommandLine(sample('cat'), [])).toThrow('missing argument <run>: a run');
  });

  test('a subcommand that does not exist is named', () => {
    expect(() => parseCommandLine(sample('hook'), ['foo'])).toThrow("'git jci hook' has no subcommand 'foo'");
  });
});
