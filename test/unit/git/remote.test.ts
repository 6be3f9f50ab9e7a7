import { describe, expect, test } from 'vitest';
import { chooseRemote, type RemoteWishes } from '../../../src/git/remote.ts';

const config = (entries: Record<string, string>): Map<string, string[]> => new Map(Object.entries(entries).map(([key, value]) => [key, [value]]));
const nothing: RemoteWishes = { argument: undefined, setting: undefined, branch: undefined };

describe('chooseRemote', () => {
  const several = config({ 'remote.origin.url': '/o', 'remote.up.url': '/u', 'branch.main.remote': 'up', 'branch.local.remote': '.' });

  test.each<[Partial<RemoteWishes>, string]>([
    [{ argument: 'a', setting: 's', branch: 'main' }, 'a'],
    [{ setting: 's', branch: 'main' }, 's'],
    [{ branch: 'main' }, 'up'],
    [{ branch: 'local' }, 'origin'],
    [{ branch: 'unknown' }, 'origin'],
    [{}, 'origin'],
  ])('%j', (wishes, address) => {
    expect(chooseRemote(several, { ...nothing, ...wishes }).address).toBe(address);
  });

  test('a name with dots and capitals', () => {
    expect(chooseRemote(config({ 'remote.My.Remote.url': '/x' }), nothing).address).toBe('My.Remote');
  });

  test('a URL is shown without its password', () => {
    expect(chooseRemote(new Map(), { ...nothing, argument: 'https://a:b@h/x' })).toEqual({ address: 'https://a:b@h/x', shown: 'https://***@h/x', settings: [] });
  });

  test.each(['', '-x', '--upload-pack=x', 'a\nb', 'a\u0000b'])('refuses %j', (argument) => {
    expect(() => chooseRemote(several, { ...nothing, argument })).toThrow('is not a remote');
  });

  test('refuses a URL without showing its password', () => {
    expect(() => chooseRemote(several, { ...nothing, argument: 'https://a:se/cr\net@h/x' })).toThrow('remote: "https://***@h/x" is not a remote');
  });
});
