import { lstatSync, mkdirSync, mkdtempSync, readlinkSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { whyUnsafeLink, whyUnsafePath } from '../../../src/model/safe-path.ts';

const inside = (root: string, path: string): boolean => path === root || path.startsWith(root + sep);

describe('whyUnsafePath', () => {
  test.each(['a', 'a/b/c.txt', '...', 'a..b', '..a', '.gitignore', '.github/x', 'git', 'x.git', 'C:', 'a b', 'ü', '.gitx', 'git~2', '-rf'])('lets %j pass', (path) => {
    expect(whyUnsafePath(path)).toBeUndefined();
  });

  test.each([
    '', '/', '/etc/passwd', '..', '../x', 'a/../b', 'a/..', './a', 'a/.', 'a//b', 'a/', 'a\0b',
    '.git', '.GIT', '.git/config', 'a/.Git/hooks/x', '.git ', '.git.', '.git. .', '.git::$INDEX_ALLOCATION', 'git~1', 'GIT~1/x', '.g\u200cit', '\ufeff.git', '.git\u200d',
  ])('leaves %j out', (path) => {
    expect(whyUnsafePath(path)).toEqual(expect.any(String));
  });

  test('whatever passes stays below the directory', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('.', '..', '/', 'a', 'b', '\\', '~', ' ') }), (path) => {
        if (whyUnsafePath(path) === undefined) expect(resolve('/root/dir', path).startsWith('/root/dir/')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('whyUnsafeLink', () => {
  test.each([
    ['link', 'file'],
    ['link', './a//b'],
    ['link', 'nowhere/at/all'],
    ['a/link', '../file'],
    ['a/b/link', '../../c'],
    ['a/link', '..'],
    ['link', '.'],
  ])('lets %j -> %j pass', (path, target) => {
    expect(whyUnsafeLink(path, target)).toBeUndefined();
  });

  test.each([
    ['link', ''],
    ['link', '/etc/passwd'],
    ['link', '..'],
    ['link', '../x'],
    ['a/link', '../../x'],
    ['a/link', 'b/../c'],
    ['a/link', '../b/..'],
    ['link', 'a/../..'],
    ['link', '.git/hooks'],
    ['link', 'a/.GIT'],
    ['link', 'a\0'],
  ])('refuses %j -> %j', (path, target) => {
    expect(whyUnsafeLink(path, target)).toEqual(expect.any(String));
  });

  /** Follows a path name by name as the kernel does, and tells every place it comes through. */
  function placesOn(path: string, root: string, budget = { left: 40 }): string[] {
    const places: string[] = [];
    let at: string = sep;
    for (const name of path.split(sep).filter((part) => part !== '' && part !== '.')) {
      if (name === '..') at = dirname(at);
      else {
        const next = join(at, name);
        const stat = lstatSync(next, { throwIfNoEntry: false });
        if (stat?.isSymbolicLink() === true) {
          if (budget.left-- <= 0) return places;
          const through = placesOn(`${at}${sep}${readlinkSync(next)}`, root, budget);
          places.push(...through.filter((place) => place.length >= root.length || !inside(place, root)));
          at = through.at(-1) ?? at;
        } else at = next;
      }
      places.push(at);
    }
    return places;
  }

  test('whatever links pass, no walk over them leaves the directory', () => {
    const name = fc.constantFrom('a', 'b', 'c');
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
    const target = fc.array(fc.constantFrom('a', 'b', 'c', '..', '..', '.', ''), { minLength: 1, maxLength: 5 }).map((names) => names.join('/'));
    const links = fc.array(fc.tuple(path, target), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(links, (wanted) => {
        const root = realpathSync(mkdtempSync(join(tmpdir(), 'jci-links-')));
        try {
          const safe = wanted.filter(([at, to]) => whyUnsafePath(at) === undefined && whyUnsafeLink(at, to) === undefined);
          // As `get` does it: all folders first.
          for (const [at] of safe) mkdirSync(dirname(join(root, at)), { recursive: true });
          for (const [at, to] of safe) if (lstatSync(join(root, at), { throwIfNoEntry: false }) === undefined) symlinkSync(to, join(root, at));
          for (const [at] of safe) {
            const outside = placesOn(join(root, at), root).filter((place) => !inside(root, place) && !inside(place, root));
            expect(outside).toEqual([]);
            const end = placesOn(join(root, at), root).at(-1) ?? root;
            expect(inside(root, end)).toBe(true);
          }
        } finally {
          rmSync(root, { recursive: true });
        }
      }),
      { numRuns: 150 },
    );
  });
});
