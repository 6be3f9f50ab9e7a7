import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JciError } from '../../../src/base/errors.ts';
import { exitCode } from '../../../src/base/exit-codes.ts';
import { defaultMask, resolveSettings, type Settings } from '../../../src/config/settings.ts';

type Values = Record<string, string | string[]>;
const config = (values: Values): Map<string, string[]> => new Map(Object.entries(values).map(([key, value]) => [key, [value].flat()]));
const settingsOf = (git: Values, repository: Values = {}): Settings => resolveSettings(config(git), config(repository)).settings;
const warningsOf = (repository: Values): string[] => resolveSettings(config({}), config(repository)).warnings;

describe('settings', () => {
  test('have defaults', () => {
    const { concurrency, ...rest } = settingsOf({});
    expect(rest).toEqual({
      timeoutMs: undefined,
      graceMs: 10_000,
      clean: false,
      share: [],
      sign: false,
      trust: 'any',
      remote: undefined,
      mask: defaultMask,
      keep: undefined,
      notify: undefined,
    });
    expect(concurrency).toBeGreaterThanOrEqual(1);
  });

  test("come from git's configuration over the repository's, the last value of several", () => {
    const repository = { 'jci.timeout': '1h', 'jci.grace': '1s', 'jci.clean': 'true', 'jci.keep': '3', 'jci.share': ['a', 'b'] };
    expect(settingsOf({}, repository)).toMatchObject({ timeoutMs: 3_600_000, graceMs: 1000, clean: true, keep: 3, share: ['a', 'b'] });
    const git = { 'jci.timeout': ['5m', '10m'], 'jci.clean': 'false', 'jci.share': ['c'] };
    expect(settingsOf(git, repository)).toMatchObject({ timeoutMs: 600_000, graceMs: 1000, clean: false, share: ['c'] });
  });

  test('mask: the repository may only add', () => {
    expect(settingsOf({}, { 'jci.mask': ['MINE'] }).mask).toEqual([...defaultMask, 'MINE']);
    expect(settingsOf({ 'jci.mask': ['A', 'B'] }, { 'jci.mask': ['MINE'] }).mask).toEqual(['A', 'B', 'MINE']);
    expect(settingsOf({ 'jci.mask': ['A'] }).mask).toEqual(['A']);
  });

  test.each(['sign', 'trust', 'remote', 'concurrency', 'notify'])("the repository may not set jci.%s: it is ignored, and said where it belongs", (name) => {
    const values = { [`jci.${name}`]: 'touch /tmp/evil' };
    expect(settingsOf({}, values)).toEqual(settingsOf({}));
    expect(warningsOf(values)).toEqual([expect.stringContaining(`git config jci.${name}`)]);
  });

  test.each(['jci.nonsense', 'core.hookspath', 'core.sshcommand', 'alias.x', 'jci', 'jci.job', 'jci.timeout.x', 'other.timeout'])("%s in the repository's file is no key of ours", (key) => {
    expect(settingsOf({}, { [key]: '1' })).toEqual(settingsOf({}));
    expect(warningsOf({ [key]: '1' })).toEqual([expect.stringMatching(`^\\.jci/config: '${key}' is ignored: no such key(?:; did you mean jci\\.timeout\\?)?$`)]);
  });

  test.each([
    ['jci.timout', '; did you mean jci.timeout?'],
    ['jci.sing', '; did you mean jci.sign?'],
    ['jci.nonsense', ''],
    ['jci.timeout.x', '; did you mean jci.timeout?'],
  ])("%s in git's configuration is told of", (key, more) => {
    expect(resolveSettings(config({ [key]: '1', 'jci.timeout': '1h', 'core.x': '1', 'jcix.y': '2' }), config({})).warnings).toEqual([
      `git config: '${key}' means nothing to git jci: no such key${more}`,
    ]);
    expect(warningsOf({ [key]: '1' })).toEqual([`.jci/config: '${key}' is ignored: no such key${more}`]);
  });

  test('what it may set gives no warning', () => {
    expect(warningsOf({ 'jci.timeout': '1h', 'jci.grace': '1s', 'jci.clean': 'on', 'jci.share': 'x', 'jci.keep': '1', 'jci.mask': 'X', 'jci.job.nightly.timeout': '1h' })).toEqual([]);
  });

  test.each([
    ['true', true], ['Yes', true], ['ON', true], ['1', true],
    ['false', false], ['no', false], ['OFF', false], ['0', false], ['', false],
  ])('jci.clean=%j is %s', (text, expected) => {
    expect(settingsOf({ 'jci.clean': text }).clean).toBe(expected);
  });

  test.each([
    ['timeout', 'soon'],
    ['timeout', '30'],
    ['grace', '-1s'],
    ['clean', 'maybe'],
    ['sign', 'key'],
    ['trust', 'Signed'],
    ['concurrency', '0'],
    ['concurrency', '1.5'],
    ['concurrency', '1234567'],
    ['keep', 'all'],
  ])('jci.%s=%j is refused as a wrong use that names the key', (name, value) => {
    let refused: unknown;
    try {
      settingsOf({ [`jci.${name}`]: value });
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(JciError);
    expect(refused).toMatchObject({ exitCode: exitCode.usage, message: expect.stringContaining(`jci.${name}: '${value}'`) as string });
  });

  test("whatever the repository's file says, the machine's own settings stay", () => {
    const keys = fc.constantFrom('jci.sign', 'jci.trust', 'jci.remote', 'jci.notify', 'jci.concurrency', 'jci.x', 'core.pager', 'JCI.notify', 'jci.notify.x');
    fc.assert(
      fc.property(fc.dictionary(keys, fc.string()), (repository) => {
        expect(settingsOf({}, repository)).toEqual(settingsOf({}));
        expect(warningsOf(repository)).toHaveLength(Object.keys(repository).length);
      }),
    );
  });
});
