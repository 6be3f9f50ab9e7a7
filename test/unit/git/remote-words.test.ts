import { describe, expect, test } from 'vitest';
import type { Remote } from '../../../src/git/remote.ts';
import { remoteFailure, serverMessages } from '../../../src/git/remote-words.ts';

test('serverMessages keeps what hooks say and drops progress', () => {
  const stderr = [
    'Pushing to /x',
    'remote: Enumerating objects: 5, done.        ',
    'remote: Counting objects:  50% (1/2)\rremote: Counting objects: 100% (2/2), done.',
    'remote: Resolving deltas: 100% (1/1), done.',
    'remote: no CI results here        ',
    'remote: ',
    'remote: ask ops@example.com',
    'error: failed to push some refs',
  ].join('\n');
  expect(serverMessages(stderr)).toEqual(['no CI results here', 'ask ops@example.com']);
});

describe('remoteFailure', () => {
  const remote: Remote = { address: 'origin', shown: 'origin', settings: [] };
  const of = (stderr: string): { message: string; hint: string | undefined; exitCode: number } => {
    const { message, hint, exitCode } = remoteFailure(remote, stderr, 'git jci push');
    return { message, hint, exitCode };
  };

  test.each([
    ["fatal: Authentication failed for 'https://a:b@h/x/'", "origin does not let us in: Authentication failed for 'https://***@h/x/'"],
    [
      'git@h: Permission denied (publickey).\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.',
      'origin does not let us in: git@h: Permission denied (publickey).; Could not read from remote repository.',
    ],
    ["fatal: '/x' does not appear to be a git repository\nfatal: Could not read from remote repository.", "there is no repository at origin: '/x' does not appear to be a git repository; Could not read from remote repository."],
    ["fatal: unable to access 'http://h/': Failed to connect to h port 1: Connection refused", "origin cannot be reached: unable to access 'http://h/': Failed to connect to h port 1: Connection refused"],
    ['fatal: mismatched algorithms: client sha1; server sha256', 'origin uses another object format than this repository: mismatched algorithms: client sha1; server sha256'],
    ['', 'origin: git said nothing'],
  ])('%j', (stderr, message) => {
    expect(of(stderr)).toMatchObject({ message, exitCode: 3 });
  });

  test.each([
    'error: RPC failed; curl 56 Recv failure: Connection reset by peer\nfatal: the remote end hung up unexpectedly',
    'fetch-pack: unexpected disconnect while reading sideband packet\nfatal: early EOF\nfatal: fetch-pack: invalid index-pack output',
    'send-pack: unexpected disconnect while reading sideband packet',
    'client_loop: send disconnect: Broken pipe',
  ])('a broken connection asks for another try: %j', (stderr) => {
    expect(of(stderr)).toMatchObject({ message: expect.stringMatching(/^the connection to origin broke off: /), hint: 'both sides are whole; run it again: git jci push' });
  });
});
