import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskCredentials } from '../../../src/git/mask-credentials.ts';

describe('maskCredentials', () => {
  test.each([
    ['https://ada:secret@example.com/x.git', 'https://***@example.com/x.git'],
    ['https://token@example.com/x.git', 'https://***@example.com/x.git'],
    ['HTTP://a:b@h/ and http://c:d@h/', 'HTTP://***@h/'],
    ['HTTP://token@h/ and http://other@h/', 'HTTP://***@h/ and http://***@h/'],
    ['https://user:pa/ss@host/x', 'https://***@host/x'],
    ["fatal: unable to access 'https://user:12/34@host/x/': no", "fatal: unable to access 'https://***@host/x/': no"],
    ['https://ada@example.com:pa://ss@host/x', 'https://***@host/x'],
    ['https://127.0.0.1:8080/x', 'https://127.0.0.1:8080/x'],
    ['https://host/@scope/x', 'https://host/@scope/x'],
    ['ssh://git@host:22/x', 'ssh://git@host:22/x'],
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

  const host = fc.constantFrom('h', 'example.com', '127.0.0.1:8080', '[::1]');
  const user = fc.stringMatching(/^[^/\p{C}]{0,20}$/u);

  test('no password of a URL gets through', () => {
    const password = fc.oneof(fc.stringMatching(/^[A-Za-z0-9%._~!$&*+,;=' "/:@?#\\-]{0,20}$/), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(user, password, host, fc.constantFrom('http', 'https', 'ssh', 'ftp', 'git+ssh'), (name, secret, place, scheme) => {
        const masked = maskCredentials(`fatal: x '${scheme}://${name}:${secret}@${place}/path' y`);
        expect(masked).toBe(`fatal: x '${scheme}://***@${place}/path' y`);
      }),
    );
  });

  test('no token in place of a user gets through', () => {
    fc.assert(
      fc.property(user, host, fc.constantFrom('http', 'HTTPS'), (token, place, scheme) => {
        expect(maskCredentials(`from ${scheme}://${token}@${place}/path`)).toBe(`from ${scheme}://***@${place}/path`);
      }),
    );
  });
});
