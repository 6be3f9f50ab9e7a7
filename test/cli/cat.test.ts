import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withRepo } from '../helpers/repo.ts';

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('git jci cat', () => {
  test('writes every byte there is, and nothing else', () =>
    withRepo(
      async (repo) => {
        const bytes = Buffer.from([...Array(256).keys(), 13, 10, 0, 27]);
        writeFileSync(join(repo.env['HOME'] ?? '', 'bytes'), bytes);
        await repo.jci('run', '-q');
        const { exitCode, stdoutBytes, stderr } = await repo.jci('cat', 'HEAD', 'sub/bytes');
        expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
        expect(stdoutBytes.equals(bytes)).toBe(true);
        expect((await repo.jci('cat', 'HEAD', 'empty')).stdoutBytes).toHaveLength(0);
      },
      { script: 'mkdir sub; cp ~/bytes sub; : > empty' },
    ));

  test('streams 5 MB through a pipe', () =>
    withRepo(
      async (repo) => {
        const big = Buffer.alloc(5_000_000, 'no line feed in here, ');
        writeFileSync(join(repo.env['HOME'] ?? '', 'big'), big);
        await repo.jci('run', '-q');
        expect(sha((await repo.jci('cat', 'HEAD', 'big')).stdoutBytes)).toBe(sha(big));
      },
      { script: 'cp ~/big big' },
    ));

  test('reads the records too, and names with blanks and non-ASCII', () =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        expect(JSON.parse((await repo.jci('cat', 'HEAD', 'jci.json')).stdout)).toMatchObject({ version: 1, outcome: 'passed' });
        expect((await repo.jci('cat', 'HEAD', 'a b/grüße')).stdout).toBe('odd\n');
        expect((await repo.jci('cat', 'HEAD', 'link')).stdout).toBe('a b/grüße');
      },
      { script: "mkdir 'a b'; echo odd > 'a b/grüße'; ln -s 'a b/grüße' link" },
    ));

  test.each(['nothing', 'sub', '../jci.json', './sub/file', 'sub/', ''])('refuses the path %j with 3: it is no artefact', (path) =>
    withRepo(
      async (repo) => {
        await repo.jci('run', '-q');
        const { exitCode, stdout, stderr } = await repo.jci('cat', 'HEAD', path);
        expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
        expect(stderr).toMatch(/^git jci: [^\n]+ has no artefact [^\n]+\nhint: [^\n]+\n$/);
      },
      { script: 'mkdir sub; echo x > sub/file' },
    ),
  );

  test('without a path is refused with 2', () =>
    withRepo(
      async (repo) => {
        const { exitCode, stderr } = await repo.jci('cat', 'HEAD');
        expect(exitCode).toBe(2);
        expect(stderr).toContain('<path>');
      },
      { script: 'true' },
    ));
});
