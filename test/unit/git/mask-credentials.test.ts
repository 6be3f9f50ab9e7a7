import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskCredentials } from '../../../src/git/mask-credentials.ts';

describe('maskCredentials', () => {
  test.each([
    ['https://ada:secret@example.com/x.git', 'https://***@example.com/x.git'],
    ['https://token@example.com/x.git', 'https://***@example.com/x.git'],
    ['HTTP://a:b@h/ and http://c:d@h/', 'HTTP://***@h/ and http://***@h/'],
    ['https://a:p@ss@example.com/x', 'https://***@example.com/x'],
    ["fatal: unable to access 'https://a:b@h/x/': no", "fatal: unable to access 'https://***@h/x/': no"],
    ["https://user:it's@127.0.0.1:9/x", 'https://***@127.0.0.1:9/x'],
    ["fatal: unable to access 'https://user:it's@h/x/': no", "fatal: unable to access 'https://***@h/x/': no"],
    ['https://user:say "it"@h/x', 'https://***@h/x'],
    ["https://it's a token@h/x", 'https://***@h/x'],
    ["from 'https://h/x' by 'ada@h'", "from 'https://h/x' by 'ada@h'"],
    ['ssh://git:pw@h/x', 'ssh://***@h/x'],
    ['ssh://git@h/x', 'ssh://git@h/x'],
    ['git@github.com:ada/x.git', 'git@github.com:ada/x.git'],
    ['/srv/git/a@b.git', '/srv/git/a@b.git'],
    ['a\u001b[31mb\u009bc', 'a [31mb c'],
  ])('%j', (text, expected) => {
    expect(maskCredentials(text)).toBe(expected);
  });

  test('no password of a URL gets through', () => {
    const part = fc.stringMatching(/^[A-Za-z0-9%._~!$&*+,;=' "-]{1,20}$/);
    fc.assert(
      fc.property(part, part, fc.constantFrom('http', 'https', 'ssh', 'ftp', 'git+ssh'), (user, password, scheme) => {
        const masked = maskCredentials(`fatal: x '${scheme}://${user}:PW${password}WP@host/path' y`);
        expect(masked).toBe(`fatal: x '${scheme}://***@host/path' y`);
      }),
    );
  });
});
