import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { isSafeAttributes, isSafeTarget, judgeName, replacementName, reservedNames, type ArtefactKind } from '../../../src/model/artefact-name.ts';

const raw = (text: string): string => Buffer.from(text).toString('latin1');
const kinds: ArtefactKind[] = ['file', 'link', 'directory'];

describe('names of git jci', () => {
  test.each([...reservedNames])('%s is reserved at the root, whatever it is', (name) => {
    for (const kind of kinds) expect(judgeName(name, kind, true)).toBe('reserved');
    expect(judgeName(name, 'file', false)).toBe('fine');
  });

  test('index.html belongs to the script', () => {
    expect(judgeName('index.html', 'file', true)).toBe('fine');
  });
});

describe('spellings of .git', () => {
  const refused = [
    '.git', '.GIT', '.Git', '.git ', '.git..', '.git . .', 'git~1', 'GIT~1.', '.git:x', '.git ::$INDEX', '.git\\x', 'x\\.git',
    'x\\git~1\\y', '.g\u200cit', '.git\u200c', '\ufeff.git', '\u202e.\u206agit',
  ];
  test.each(refused)('%j is refused for every kind', (name) => {
    for (const kind of kinds) expect(judgeName(raw(name), kind, false)).toBe('refused');
  });

  test('bytes that are not UTF-8 end the name', () => {
    expect(judgeName('.git\xff', 'file', false)).toBe('refused');
    expect(judgeName('.git\xef\xbf\xbe', 'file', false)).toBe('refused');
  });

  const fine = ['git', '.gitx', 'git~2', '.git\uff0f', '.g\u0131t', 'x.git', '..git', 'status.txt', '.github', '~', 'a~1', '\u00e9', ' .git'];
  test.each(fine)('%j is fine', (name) => {
    for (const kind of kinds) expect(judgeName(raw(name), kind, false)).toBe('fine');
  });
});

describe('files that git reads', () => {
  test.each(['.gitmodules', '.GitModules ', 'gitmod~1', 'gi7eba~1', '~1000000', 'g~100000', '.gitmodules:$DATA', 'a\\.gitmodules', '.git\u200cmodules'])(
    '%j is never stored as itself',
    (name) => {
      for (const kind of kinds) expect(judgeName(raw(name), kind, false)).toBe('refused');
    },
  );

  test.each(['.gitattributes', '.GITATTRIBUTES', 'gitatt~4', 'gi7d29~1'])('%j: only a file whose content is sound', (name) => {
    expect(kinds.map((kind) => judgeName(name, kind, false))).toEqual(['inspect', 'refused', 'refused']);
  });

  test.each(['.gitignore', 'gi250a~1', '.mailmap', 'maba30~2'])('%j: not as a link', (name) => {
    expect(kinds.map((kind) => judgeName(name, kind, false))).toEqual(['fine', 'refused', 'fine']);
  });

  test('attributes with a line of 2048 bytes are refused, of 2047 not', () => {
    expect(isSafeAttributes(Buffer.from(`a\n${'x'.repeat(2047)}\n`))).toBe(true);
    expect(isSafeAttributes(Buffer.from(`a\n${'x'.repeat(2048)}`))).toBe(false);
    expect(isSafeAttributes(Buffer.from('a\n'.repeat(600_000)))).toBe(false);
  });

  test.each([
    ['../.git/hooks', false], ['.git', false], ['a/GIT~1', false], ['x\\.git/b', false], ['../a', true], ['/.gitignore', true], ['', true],
  ])('a link to %j is safe: %s', (target, safe) => {
    expect(isSafeTarget(target)).toBe(safe);
  });
});

describe('replacement', () => {
  test('takes the first name that is free', () => {
    const taken = new Set(['.git.artefact', '.git.artefact.2']);
    expect(replacementName('.git', 'file', () => false)).toBe('.git.artefact');
    expect(replacementName('.git', 'file', (name) => taken.has(name))).toBe('.git.artefact.3');
  });

  test('changes what the suffix does not cure', () => {
    expect(replacementName('.git:x', 'file', () => false)).toBe('.git_x.artefact');
    expect(replacementName('.git\\x', 'directory', () => false)).toBe('.git_x.artefact');
    expect(replacementName('x\\.git', 'file', () => false)).toBe('x\\.git.artefact');
  });

  test('is never longer than a file system allows', () => {
    expect(replacementName(`.git${' '.repeat(251)}`, 'file', () => false)).toHaveLength(255);
  });

  const awkward = fc
    .array(fc.oneof(fc.constantFrom('.git', 'git~1', 'gi7eba~1', '.gitmodules', '.gitattributes', '.mailmap', '\\', ':', '.', ' ', raw('\u200c'), '\xff', 'a'), fc.constantFrom(...'~1gitGIT.')), {
      minLength: 1,
      maxLength: 8,
    })
    .chain((parts) => fc.constantFrom('', ' '.repeat(245), raw('\u200c').repeat(80)).map((filling) => parts.join('') + filling));

  test('is always a name that needs no replacement', () => {
    fc.assert(
      fc.property(awkward, fc.constantFrom(...kinds), (name, kind) => {
        expect(judgeName(replacementName(name, kind, () => false), kind, true)).toBe('fine');
      }),
    );
  });
});
