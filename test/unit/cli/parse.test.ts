import { describe, expect, test } from 'vitest';
import { JciError } from '../../../src/base/errors.ts';
import { exitCode } from '../../../src/base/exit-codes.ts';
import { defineCommand, type CommandSpec } from '../../../src/cli/command.ts';
import { parseCommandLine } from '../../../src/cli/parse.ts';

const common = { summary: 's', description: 'd', examples: [], needs: 'nothing' } as const;

const plain = defineCommand({
  ...common,
  name: 'plain',
  arguments: [{ name: '<run>', description: 'a run' }, { name: '[path]', description: 'a path' }],
  options: [
    { flags: '-n, --limit <count>', description: 'how many' },
    { flags: '-q, --quiet', description: 'less' },
    { flags: '-e, --env <setting>', description: 'again', repeatable: true },
    { flags: '--status <s>', description: 'choice', choices: ['ok', 'err'] },
    { flags: '--push [remote]', description: 'maybe a value' },
    { flags: '--no-pager', description: 'negated' },
  ],
});
const rest = defineCommand({ ...common, name: 'rest', takesRest: '[-- ...]', passThrough: true, arguments: [{ name: '[revision...]', description: 'r' }], options: [{ flags: '--json', description: 'j' }] });
const group = defineCommand({
  ...common,
  name: 'group',
  subcommands: [{ ...plain, name: 'sub' }, defineCommand({ ...common, name: 'other', arguments: [{ name: '[x]', description: 'x' }] })],
});

function refusalOf(spec: CommandSpec, ...words: string[]): JciError {
  try {
    parseCommandLine(spec, words);
  } catch (error) {
    if (error instanceof JciError) return error;
    throw error;
  }
  throw new Error(`accepted: ${words.join(' ')}`);
}

describe('parseCommandLine', () => {
  test('finds arguments and options in any order', () => {
    expect(parseCommandLine(plain, ['-n', '5', 'HEAD', '--quiet', 'a.txt', '--env', 'A=1', '-e', 'B'])).toMatchObject({
      spec: { name: 'plain' },
      args: ['HEAD', 'a.txt'],
      options: { limit: '5', quiet: true, env: ['A=1', 'B'], pager: true },
      rest: [],
    });
    expect(parseCommandLine(plain, ['HEAD', '--push', '--no-pager'])).toMatchObject({ options: { push: true, pager: false } });
    expect(parseCommandLine(plain, ['HEAD', '--push=origin', '--limit=-3'])).toMatchObject({ options: { push: 'origin', limit: '-3' } });
  });

  test('repeated options of one call do not leak into the next', () => {
    parseCommandLine(plain, ['HEAD', '-e', 'A']);
    expect(parseCommandLine(plain, ['HEAD', '-e', 'B'])).toMatchObject({ options: { env: ['B'] } });
    expect(parseCommandLine(plain, ['HEAD'])).not.toHaveProperty('options.env');
  });

  test('takes what stands after -- for arguments, or for the rest where a command wants that', () => {
    expect(parseCommandLine(plain, ['--', '--quiet'])).toMatchObject({ args: ['--quiet'], rest: [] });
    expect(parseCommandLine(rest, ['a', '--json', '--', '--json', '--', '-x'])).toMatchObject({ args: ['a'], options: { json: true }, rest: ['--json', '--', '-x'] });
    expect(parseCommandLine(rest, ['--'])).toMatchObject({ args: [], rest: [] });
  });

  test('passes on options it does not know where a command wants them', () => {
    expect(parseCommandLine(rest, ['--graph', '-n', '3', 'main'])).toMatchObject({ args: ['--graph', '-n', '3', 'main'] });
  });

  test.each([
    [['--bogus'], '--bogus'],
    [['HEAD', '-z'], '-z'],
    [['HEAD', '--limit'], '--limit needs a value: <count>'],
    [['HEAD', '--status', 'great'], "--status: 'great' is none of ok, err"],
    [['a', 'b', 'c'], "too many arguments: 'c'"],
    [[], '<run>'],
    [['HEAD', '--quiet=yes'], '--quiet'],
  ])('refuses %j as a wrong use, naming %s, on one line with a hint', (words, named) => {
    const error = refusalOf(plain, ...words);
    expect(error.exitCode).toBe(exitCode.usage);
    expect(error.message).toContain(named);
    expect(error.message).not.toContain('\n');
    expect(error.hint).toBe('git jci plain -h');
  });

  test('help works without the arguments that are otherwise needed', () => {
    for (const flag of ['-h', '--help']) expect(parseCommandLine(plain, [flag])).toMatchObject({ help: { name: 'plain' }, path: 'git jci plain' });
    expect(parseCommandLine(rest, ['--graph', '-h'])).toMatchObject({ help: { name: 'rest' } });
  });

  test('finds subcommands, and their help; a group alone shows its own', () => {
    expect(parseCommandLine(group, ['sub', 'HEAD', '-q'])).toMatchObject({ spec: { name: 'sub' }, args: ['HEAD'], options: { quiet: true } });
    expect(parseCommandLine(group, ['other', '-h'])).toMatchObject({ help: { name: 'other' }, path: 'git jci group other' });
    expect(parseCommandLine(group, ['-h'])).toMatchObject({ help: { name: 'group' }, path: 'git jci group' });
    const error = refusalOf(group, 'nothing');
    expect(error.message).toBe("'git jci group' has no subcommand 'nothing'");
    expect(refusalOf(group, 'nothing', '-h').message).toBe(error.message);
    expect(refusalOf(group, 'sub').message).toContain('<run>');
  });

  test('words that are properties of every object are no options', () => {
    expect(refusalOf(plain, '--constructor').message).toContain('--constructor');
    expect(refusalOf(group, '__proto__').message).toContain('__proto__');
  });
});
