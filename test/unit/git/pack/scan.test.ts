import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { showPath, toRaw } from '../../../../src/git/pack/raw-path.ts';
import { scanDirectory, whyUnread } from '../../../../src/git/pack/scan.ts';
import { diskPath } from '../../../../src/git/pack/stored-item.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'git-jci-scan-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const write = (path: string | Buffer, content = 'x'): void => {
  const whole = Buffer.concat([Buffer.from(`${root}/`), Buffer.from(path)]);
  const text = whole.toString('latin1');
  mkdirSync(Buffer.from(text.slice(0, text.lastIndexOf('/')), 'latin1'), { recursive: true });
  writeFileSync(whole, content);
};
const shown = (): string[] => scanDirectory(root).entries.map(({ path, mode, size }) => `${mode} ${size} ${showPath(path)}`);

describe('what is listed', () => {
  test('files of any depth with mode and size, in order', () => {
    write('b/c/d.txt', 'four');
    write('b.txt', '');
    write('a');
    chmodSync(join(root, 'a'), 0o755);
    expect(shown()).toEqual(['100755 1 a', '100644 0 b.txt', '100644 4 b/c/d.txt']);
    expect(scanDirectory(root).notes).toEqual([]);
  });

  test('links, never followed: dangling, in a circle, to directories and out of the place', () => {
    mkdirSync(join(root, 'dir'));
    write('dir/inside');
    symlinkSync('nowhere', join(root, 'dangling'));
    symlinkSync('circle', join(root, 'circle'));
    symlinkSync('dir', join(root, 'to-dir'));
    symlinkSync('/etc', join(root, 'outside'));
    expect(shown()).toEqual(['120000 6 circle', '120000 7 dangling', '120000 4 outside', '120000 3 to-dir', '100644 1 dir/inside']);
  });

  test('names that are not UTF-8, and names with newlines', () => {
    write(Buffer.from([0x61, 0xff, 0xfe]));
    write('new\nline');
    write('ünï');
    const { entries } = scanDirectory(root);
    expect(entries.map(({ path }) => showPath(path))).toEqual(['a\\xff\\xfe', 'new\\x0aline', 'ünï']);
    expect(entries[0]?.path).toBe('a\xff\xfe');
    expect(diskPath(toRaw(root), entries[0]?.source ?? '')).toEqual(Buffer.concat([Buffer.from(`${root}/a`), Buffer.from([0xff, 0xfe])]));
  });

  test('a directory that is gone holds nothing', () => {
    expect(scanDirectory(join(root, 'gone'))).toEqual({ root: join(root, 'gone'), entries: [], notes: [], unread: 0 });
  });
});

describe('what is left out', () => {
  test('FIFOs and sockets', async () => {
    execFileSync('mkfifo', [join(root, 'pipe')]);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(root, 'talk'), resolve));
    const { entries, notes } = scanDirectory(root);
    await new Promise((resolve) => server.close(resolve));
    expect(entries).toEqual([]);
    expect(notes).toEqual(["left out, a FIFO: 'pipe'", "left out, a socket: 'talk'"]);
  });

  test('empty directories are counted', () => {
    mkdirSync(join(root, 'one/two'), { recursive: true });
    expect(scanDirectory(root).notes).toEqual(['left out, an empty directory: git cannot store one']);
    mkdirSync(join(root, 'three'));
    expect(scanDirectory(root).notes).toEqual(['left out, 2 empty directories: git cannot store them']);
  });

  test('many of a kind are one sentence', () => {
    for (let n = 10; n < 25; n += 1) execFileSync('mkfifo', [join(root, `p${n}`)]);
    const [note, ...more] = scanDirectory(root).notes;
    expect(note).toMatch(/^left out, a FIFO: 'p10', .*'p19' and 5 more$/);
    expect(more).toEqual([]);
  });

  test.each([
    ['ENOENT', 'left out, gone before it could be read'],
    ['EACCES', 'left out, not readable'],
    ['EIO', 'left out, reading it failed with EIO'],
  ])('%s in words', (code, words) => {
    expect(whyUnread(Object.assign(new Error('no'), { code }))).toBe(words);
  });
});

describe('what gets another name', () => {
  const renamed = (): string[] => scanDirectory(root).entries.map(({ path }) => showPath(path));

  test('our own names, at the root only', () => {
    write('status.txt');
    write('status.txt.artefact');
    write('jci.json/inside');
    write('index.html');
    write('sub/status.txt');
    expect(renamed()).toEqual(['index.html', 'status.txt.artefact.2', 'status.txt.artefact', 'jci.json.artefact/inside', 'sub/status.txt']);
    expect(scanDirectory(root).notes).toEqual([
      "renamed, git jci writes a file of that name itself: 'jci.json' as 'jci.json.artefact', 'status.txt' as 'status.txt.artefact.2'",
    ]);
  });

  test('attributes only when git refuses what they say', () => {
    write('a/.gitattributes', '*.txt text\n');
    write('b/.gitattributes', 'x'.repeat(3000));
    expect(renamed()).toEqual(['a/.gitattributes', 'b/.gitattributes.artefact']);
  });

  test('a link into a git directory becomes a file', () => {
    symlinkSync('../.git/hooks', join(root, 'hooks'));
    const { entries, notes } = scanDirectory(root);
    expect(entries).toMatchObject([{ path: 'hooks.artefact', kind: 'link', mode: '100644' }]);
    expect(notes).toEqual(["renamed, git servers may refuse links into a git directory: 'hooks' as 'hooks.artefact'"]);
  });
});
