import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commitObject } from '../../../src/git/commit-object.ts';
import { findIdentity } from '../../../src/git/identity.ts';

const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

test('is byte for byte what git commit-tree writes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'commit-object-'));
  try {
    const run = (args: string[], env: Record<string, string>, input?: string): Buffer =>
      execFileSync('git', args, { cwd: folder, env: { PATH: process.env['PATH'], HOME: folder, GIT_CONFIG_NOSYSTEM: '1', ...env }, ...(input === undefined ? {} : { input }) });
    run(['init', '-q'], {});
    run(['hash-object', '-t', 'tree', '-w', '--stdin'], {}, '');
    const text = fc.stringMatching(/^[ \w.,:;<>"'\\-ä漢]{1,12}$/);
    fc.assert(
      fc.property(text, text, fc.stringMatching(/^[\w ü]{1,20}$/), (name, email, subject) => {
        const env = { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email };
        const identity = findIdentity(env, new Map());
        // Nothing is left of it: git refuses, and we take our own name.
        fc.pre(identity.author.name !== 'git-jci');
        const now = 1_763_700_000_000;
        const message = `${subject.trim() || 'x'}\n\nJci-Status: ok\n`;
        const ours = commitObject({ tree: emptyTree, identity, now, message });
        const zone = /([+-]\d{4})$/m.exec(ours.toString())?.[1] ?? '';
        const date = `${now / 1000} ${zone}`;
        const id = run(['commit-tree', '-F', '-', emptyTree], { ...env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }, message);
        expect(ours.toString()).toBe(run(['cat-file', 'commit', id.toString().trim()], {}).toString());
      }),
      { numRuns: 40 },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the identity is where git takes it from', () => {
  const config = new Map([
    ['user.name', ['User']],
    ['user.email', ['user@x']],
    ['author.name', ['Author']],
  ]);
  expect(findIdentity({}, config)).toEqual({ author: { name: 'Author', email: 'user@x' }, committer: { name: 'User', email: 'user@x' } });
  expect(findIdentity({ GIT_COMMITTER_NAME: 'Env' }, config).committer.name).toBe('Env');
  expect(findIdentity({}, new Map()).author).toEqual({ name: 'git-jci', email: 'git-jci@localhost' });
  expect(findIdentity({ EMAIL: 'e@x', GIT_AUTHOR_NAME: 'A', GIT_COMMITTER_NAME: 'C' }, new Map()).author.email).toBe('e@x');
  expect(findIdentity({ GIT_AUTHOR_NAME: '\t.Ada\u00a0', GIT_COMMITTER_NAME: 'C', EMAIL: 'e@x' }, new Map()).author.name).toBe('Ada\u00a0');
});
