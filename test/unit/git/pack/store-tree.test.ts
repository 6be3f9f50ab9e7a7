import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { hasCode } from '../../../../src/base/errors.ts';
import type { ObjectFormat } from '../../../../src/model/object-id.ts';
import { scanDirectory } from '../../../../src/git/pack/scan.ts';
import { storeTree, type StoredTree } from '../../../../src/git/pack/store-tree.ts';
import type { ExtraFile } from '../../../../src/git/pack/stored-item.ts';
import { bothFormats, withScratch, type Scratch } from './scratch.ts';

const mebibyte = 1024 * 1024;

function write({ out }: Scratch, path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(out, path)), { recursive: true });
  writeFileSync(join(out, path), content);
}

const store = ({ out, run }: Scratch, format: ObjectFormat, extra: ExtraFile[] = []): Promise<StoredTree> =>
  storeTree({ ...scanDirectory(out), format, extra, run });

const list = ({ git }: Scratch, tree: string): string[] =>
  git(['ls-tree', '-r', '--format=%(objectmode) %(path)', tree]).toString().trim().split('\n');
const blob = ({ git }: Scratch, tree: string, path: string): Buffer => git(['cat-file', 'blob', `${tree}:${path}`]);

describe.each(bothFormats)('%s', (format) => {
  test('stores files, links and files of our own, byte for byte', () =>
    withScratch(format, async (scratch) => {
      // Neither of these may touch what is stored.
      scratch.git(['config', 'core.autocrlf', 'true']);
      writeFileSync(join(scratch.root, 'repo.git', 'info', 'attributes'), '* text eol=lf ident\n');
      write(scratch, 'dos.txt', 'one\r\ntwo\r\n$Id$\r\n');
      write(scratch, 'deep/er/run.sh', '#!/bin/sh\n');
      chmodSync(join(scratch.out, 'deep/er/run.sh'), 0o755);
      symlinkSync('../nowhere', join(scratch.out, 'deep/link'));
      writeFileSync(join(scratch.root, 'log'), 'the log\n');
      const extra: ExtraFile[] = [
        { name: 'status.txt', content: Buffer.from('ok') },
        { name: 'run.output.txt', content: { path: join(scratch.root, 'log') } },
      ];
      const { tree, objects, notes } = await store(scratch, format, extra);
      expect(list(scratch, tree)).toEqual([
        '100755 deep/er/run.sh', '120000 deep/link', '100644 dos.txt', '100644 run.output.txt', '100644 status.txt',
      ]);
      expect(blob(scratch, tree, 'dos.txt').toString()).toBe('one\r\ntwo\r\n$Id$\r\n');
      expect(blob(scratch, tree, 'deep/link').toString()).toBe('../nowhere');
      expect(blob(scratch, tree, 'run.output.txt').toString()).toBe('the log\n');
      expect({ objects, notes }).toEqual({ objects: 8, notes: [] });
      expect(scratch.complaints(tree)).toBe('');
    }));

  test('many files go in as one pack, a few as loose objects', () =>
    withScratch(format, async (scratch) => {
      write(scratch, 'one', '1');
      await store(scratch, format);
      expect(scratch.lastArgs()).toContain('unpack-objects');
      expect(scratch.git(['count-objects', '-v']).toString()).toMatch(/^count: 2\n[^]*packs: 0\n/);
      for (let n = 0; n < 300; n += 1) write(scratch, `d${n % 7}/f${n}`, `content ${n}\n`.repeat(n));
      const { tree, objects } = await store(scratch, format);
      expect(scratch.lastArgs()).toContain('index-pack');
      expect(scratch.git(['count-objects', '-v']).toString()).toContain(`in-pack: ${objects}\npacks: 1\n`);
      expect(blob(scratch, tree, 'd5/f299').toString()).toBe('content 299\n'.repeat(299));
      expect(scratch.complaints(tree)).toBe('');
    }));

  test('large files, twins among them, are streamed', () =>
    withScratch(format, async (scratch) => {
      const content = Buffer.concat([randomBytes(2 * mebibyte), Buffer.alloc(mebibyte, 'text\n')]);
      write(scratch, 'a/large', content);
      write(scratch, 'b/large', content);
      write(scratch, 'b/other', Buffer.from(content).reverse());
      write(scratch, 'small', 'small');
      const { tree } = await store(scratch, format);
      expect(blob(scratch, tree, 'b/large').equals(content)).toBe(true);
      const ids = scratch.git(['ls-tree', '-r', '--object-only', tree]).toString().trim().split('\n');
      expect(new Set(ids).size).toBe(3);
      expect(scratch.complaints(tree)).toBe('');
      // An object twice in a pack would show here.
      scratch.git(['multi-pack-index', 'write']);
      scratch.git(['multi-pack-index', 'verify']);
    }));
});

test('identical files are one object, whatever their number', () =>
  withScratch('sha1', async (scratch) => {
    for (let n = 0; n < 100; n += 1) write(scratch, `d${n % 10}/f${Math.floor(n / 10)}`, 'same');
    const { objects } = await store(scratch, 'sha1');
    expect(objects).toBe(3);
  }));

test('more than is held in memory is read while the pack is sent', () =>
  withScratch('sha1', async (scratch) => {
    const text = Buffer.alloc(mebibyte, 'some text\n');
    for (let n = 0; n < 40; n += 1) {
      text.write(`${n % 36}`.padStart(5));
      write(scratch, `f${String(n).padStart(2, '0')}`, text);
    }
    const { tree, notes } = await store(scratch, 'sha1');
    expect(list(scratch, tree)).toHaveLength(40);
    expect(blob(scratch, tree, 'f39').toString('latin1', 0, 9)).toBe('    3text');
    expect(notes).toEqual([]);
    expect(scratch.complaints(tree)).toBe('');
  }));

test('nothing at all is the empty tree', () =>
  withScratch('sha1', async (scratch) => {
    expect((await store(scratch, 'sha1')).tree).toBe('4b825dc642cb6eb9a060e54bf8d69288fbee4904');
  }));

test('what vanishes meanwhile is left out and said', () =>
  withScratch('sha1', async (scratch) => {
    write(scratch, 'stays', 'x');
    write(scratch, 'only/here', 'y');
    write(scratch, 'only-large/here', randomBytes(2 * mebibyte));
    write(scratch, 'replaced', 'z');
    const { root, entries } = scanDirectory(scratch.out);
    rmSync(join(scratch.out, 'only/here'));
    rmSync(join(scratch.out, 'replaced'));
    symlinkSync('/etc/passwd', join(scratch.out, 'replaced'));
    const { tree, notes } = await storeTree({
      format: 'sha1',
      root,
      entries,
      extra: [],
      run: (args, feed) => {
        rmSync(join(scratch.out, 'only-large/here'));
        return scratch.run(args, feed);
      },
    });
    expect(list(scratch, tree)).toEqual(['100644 stays']);
    expect(notes).toEqual(["left out, gone before it could be read: 'replaced', 'only/here', 'only-large/here'"]);
    expect(scratch.complaints(tree)).toBe('');
  }));

test('a file of our own must be there', () =>
  withScratch('sha1', async (scratch) => {
    const extra = [{ name: 'run.output.txt', content: { path: join(scratch.root, 'gone') } }];
    await expect(store(scratch, 'sha1', extra)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(readdirSync(join(scratch.root, 'repo.git', 'objects', 'pack'))).toEqual([]);
  }));

test('a git that fails is an error', () =>
  withScratch('sha1', async (scratch) => {
    write(scratch, 'large', randomBytes(3 * mebibyte));
    rmSync(join(scratch.root, 'repo.git', 'HEAD'));
    await expect(store(scratch, 'sha1')).rejects.toThrow('a git repository');
  }));

test('the same result twice is no trouble', () =>
  withScratch('sha1', async (scratch) => {
    for (let n = 0; n < 30; n += 1) write(scratch, `f${n}`, `${n}`);
    const first = await store(scratch, 'sha1');
    const second = await store(scratch, 'sha1');
    expect(second).toEqual(first);
    expect(scratch.complaints(second.tree)).toBe('');
  }));

test('whatever names there are, a strict server takes the result', async () => {
  const bytes = (text: string): string => Buffer.from(text).toString('latin1');
  const name = fc
    .oneof(
      { weight: 4, arbitrary: fc.constantFrom('.git', '.GIT', 'git~1', '.git.', '.git:x', '.git\\x', 'a\\.git', '.git\xff', bytes('.g\u200cit'), '.git.artefact', '.gitmodules', 'gi7eba~1', '~1000000', '.gitattributes', '.gitignore', '.mailmap', 'status.txt', 'jci.json', 'new\nline', '"') },
      { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 8 }).map((all) => Buffer.from(all).toString('latin1').replaceAll(/[\0/]/g, '_')) },
    )
    .filter((text) => text !== '.' && text !== '..');
  const content = fc.constantFrom('', '[submodule "../x"]\n\turl = -u\n', 'x'.repeat(3000), '.git/config', '../.GIT/hooks', '[[[');
  const node = fc.record({ path: fc.array(name, { minLength: 1, maxLength: 3 }), content, isLink: fc.boolean() });
  await fc.assert(
    // A repository each: fsck also looks at what earlier ones left.
    fc.asyncProperty(fc.array(node, { minLength: 1, maxLength: 15 }), (nodes) =>
      withScratch('sha1', async (scratch) => {
        for (const wanted of nodes) makeNode(scratch.out, wanted);
        const { tree } = await store(scratch, 'sha1', [{ name: 'status.txt', content: Buffer.from('ok') }]);
        expect(scratch.complaints(tree)).toBe('');
      }),
    ),
    { numRuns: 20 },
  );
});

/** Makes a file or a link with its directories, unless an earlier one is in the way. */
function makeNode(root: string, { path, content, isLink }: { path: string[]; content: string; isLink: boolean }): void {
  const at = (names: string[]): Buffer => Buffer.concat([Buffer.from(root), Buffer.from(names.map((name) => `/${name}`).join(''), 'latin1')]);
  try {
    mkdirSync(at(path.slice(0, -1)), { recursive: true });
    if (isLink && content !== '') symlinkSync(content, at(path));
    else writeFileSync(at(path), content, { flag: 'wx' });
  } catch (error) {
    // Taken by a file, a directory or a link: the first one wins.
    if (!hasCode(error, 'EEXIST', 'ENOTDIR', 'EISDIR', 'ENOENT', 'ELOOP', 'ENAMETOOLONG')) throw error;
  }
}
