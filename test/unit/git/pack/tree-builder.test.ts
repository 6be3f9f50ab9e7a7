import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { ObjectFormat, ObjectId } from '../../../../src/model/object-id.ts';
import { createTreeBuilder, type BuiltTrees, type FileMode } from '../../../../src/git/pack/tree-builder.ts';
import { toDisk, toRaw } from '../../../../src/git/pack/raw-path.ts';
import { bothFormats, withScratch, type Scratch } from './scratch.ts';

const modes: FileMode[] = ['100644', '100755', '120000'];

interface TreeFile {
  path: string;
  mode: FileMode;
  id: ObjectId;
}

function buildTrees(format: ObjectFormat, files: readonly TreeFile[]): BuiltTrees {
  const builder = createTreeBuilder(format);
  for (const { path: text, mode, id } of files) builder.add(text, mode, id);
  return builder.build();
}

/** Names that sort in awkward places, and bytes that are no text. */
const name = fc
  .oneof(
    fc.constantFrom('a', 'a.b', 'a-b', 'a0', 'A', 'ab', 'foo', 'foo.txt', 'foo-', 'z', 'a b', '\n', '"', '\\', ' '),
    fc.uint8Array({ minLength: 1, maxLength: 4 }).map((bytes) => toRaw(bytes).replaceAll(/[\0/]/g, '_')),
  )
  .filter((text) => text !== '.' && text !== '..');
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));

/** Drops paths that a directory could not hold beside the earlier ones. */
function holdable(paths: readonly string[]): string[] {
  const kept: string[] = [];
  for (const candidate of paths) {
    const clashes = kept.some((other) => other === candidate || other.startsWith(`${candidate}/`) || candidate.startsWith(`${other}/`));
    if (!clashes) kept.push(candidate);
  }
  return kept;
}

/** What git itself makes of the same list. */
function treeByGit({ git }: Scratch, files: readonly TreeFile[]): string {
  git(['read-tree', '--empty']);
  const lines = files.flatMap((file) => [Buffer.from(`${file.mode} ${file.id}\t`), Buffer.from(toDisk(file.path)), Buffer.from('\0')]);
  git(['update-index', '-z', '--index-info'], Buffer.concat(lines));
  return git(['write-tree', '--missing-ok']).toString().trim();
}

describe.each(bothFormats)('%s', (format) => {
  const digits = format === 'sha1' ? 40 : 64;

  test('builds the trees that git builds', () =>
    withScratch(format, (scratch) => {
      const list = fc.array(fc.tuple(path, fc.constantFrom(...modes), fc.integer({ min: 1, max: 0xffff })), { minLength: 1, maxLength: 12 });
      fc.assert(
        fc.property(list, (wanted) => {
          const free = new Set(holdable(wanted.map(([text]) => text)));
          const files = wanted
            .filter(([text]) => free.delete(text))
            .map(([text, mode, n]) => ({ path: text, mode, id: n.toString(16).padStart(digits, '0') }));
          expect(buildTrees(format, files).root).toBe(treeByGit(scratch, files));
        }),
        { numRuns: 40 },
      );
    }));

  test('every tree is sound, and comes after those it refers to', () =>
    withScratch(format, ({ git, complaints }) => {
      const blob = git(['hash-object', '-w', '--stdin'], Buffer.from('x')).toString().trim();
      const paths = ['a.txt', 'a/b', 'a/c/d', 'a0', 'a-', 'b/c/d', toRaw(Buffer.from([0xff, 0xfe])), 'é/ü'.normalize('NFD')].map(toRawOnce);
      const { trees, root } = buildTrees(format, paths.map((text) => ({ path: text, mode: '100644', id: blob })));
      // Without `--missing` a tree is refused whose entries are not there yet.
      for (const { id, content } of trees) {
        expect(git(['hash-object', '-w', '-t', 'tree', '--stdin'], content).toString().trim()).toBe(id);
        git(['rev-list', '--objects', id]);
      }
      expect(trees.at(-1)?.id).toBe(root);
      expect(trees).toHaveLength(new Set(trees.map(({ id }) => id)).size);
      expect(complaints(root)).toBe('');
    }));

  test('nothing is the empty tree', () =>
    withScratch(format, ({ git }) => {
      expect(buildTrees(format, []).root).toBe(git(['hash-object', '-t', 'tree', '--stdin'], Buffer.alloc(0)).toString().trim());
    }));
});

/** Bytes beyond ASCII must already be one character each. */
const toRawOnce = (text: string): string => (/[^\0-\xff]/.test(text) ? toRaw(text) : text);

test('equal directories are one tree', () => {
  const id = '1'.repeat(40);
  const { trees } = buildTrees('sha1', ['a/x', 'b/x', 'c/a/x'].map((text) => ({ path: text, mode: '100644', id })));
  expect(trees).toHaveLength(3);
});

test.each([[['a', 'a']], [['a', 'a/b']], [['a/b', 'a']], [['']], [['a//b']], [['../a']], [['a/.']]])('%j is no tree', (paths) => {
  const files = paths.map((text) => ({ path: text, mode: '100644' as const, id: '1'.repeat(40) }));
  expect(() => buildTrees('sha1', files)).toThrow(/twice|below a file|not a path/);
});
