import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergePackedRefs } from '../../../src/git/packed-refs-text.ts';

const header = '# pack-refs with: peeled fully-peeled sorted \n';
const idOf = (digit: string): string => digit.repeat(40);
const textOf = (lines: readonly string[]): string => header + lines.map((line) => `${line}\n`).join('');

const id = fc.stringMatching(/^[0-9a-f]{40}$/);
const byBytes = (a: { ref: string }, b: { ref: string }): number => Buffer.compare(Buffer.from(a.ref, 'latin1'), Buffer.from(b.ref, 'latin1'));

/** Names of one depth, so that none is a folder to another; all bytes that git allows, as latin1. */
const tips = fc.uniqueArray(fc.record({ ref: fc.stringMatching(/^refs\/(?:heads|jci-runs|tags)\/[!-)+-.0-9A-Za-z\xa0-\xff]{1,4}$/), id }), {
  selector: ({ ref }) => ref,
});

describe('adding refs to the text of packed-refs', () => {
  test('gives all of them, sorted by their bytes, and those that were there as they were', () => {
    fc.assert(
      fc.property(tips, fc.infiniteStream(fc.boolean()), (all, coin) => {
        const added = all.filter(() => coin.next().value);
        const kept = all.filter((tip) => !added.includes(tip)).sort(byBytes);
        const before = textOf(kept.map((tip) => `${tip.id} ${tip.ref}`));
        expect(mergePackedRefs(before, added)).toBe(textOf([...all].sort(byBytes).map((tip) => `${tip.id} ${tip.ref}`)));
      }),
    );
  });

  test('a name that is there is taken, whatever it points to', () => {
    fc.assert(
      fc.property(tips, id, fc.nat(), (all, other, at) => {
        const taken = all[at % all.length];
        fc.pre(taken !== undefined);
        const before = textOf([...all].sort(byBytes).map((tip) => `${tip.id} ${tip.ref}`));
        expect(mergePackedRefs(before, [{ ref: taken.ref, id: other }])).toBeUndefined();
      }),
    );
  });

  test('what a tag points to stays behind it', () => {
    const tag = `${idOf('a')} refs/tags/v1\n^${idOf('b')}`;
    const run = { ref: 'refs/tags/v2', id: idOf('c') };
    expect(mergePackedRefs(textOf([tag]), [run])).toBe(textOf([tag, `${run.id} ${run.ref}`]));
    expect(mergePackedRefs(textOf([tag]), [{ ...run, ref: 'refs/a' }])).toBe(textOf([`${run.id} refs/a`, tag]));
  });

  test('where there is no file yet', () => {
    expect(mergePackedRefs('', [{ ref: 'refs/b', id: idOf('1') }, { ref: 'refs/a', id: idOf('2') }])).toBe(textOf([`${idOf('2')} refs/a`, `${idOf('1')} refs/b`]));
  });

  test.each([
    ['a name is a folder of ours', ['refs/jci-runs/a']],
    ['ours is a folder of a name', ['refs/jci-runs/a/b/c']],
    ['both stand between others', ['refs/jci-runs/a-', 'refs/jci-runs/a/b-', 'refs/jci-runs/a/b/c']],
  ])('not if %s', (_, names) => {
    expect(mergePackedRefs(textOf(names.map((name) => `${idOf('1')} ${name}`)), [{ ref: 'refs/jci-runs/a/b', id: idOf('2') }])).toBeUndefined();
  });

  test('not if two of ours are the same, or one is a folder of the other', () => {
    expect(mergePackedRefs('', [{ ref: 'refs/a', id: idOf('1') }, { ref: 'refs/a', id: idOf('1') }])).toBeUndefined();
    expect(mergePackedRefs('', [{ ref: 'refs/a', id: idOf('1') }, { ref: 'refs/a/b', id: idOf('1') }])).toBeUndefined();
  });

  test.each([
    ['another header', `# pack-refs with: peeled \n${idOf('1')} refs/a\n`],
    ['a header that promises something new', `# pack-refs with: peeled fully-peeled sorted shiny \n`],
    ['no header', `${idOf('1')} refs/a\n`],
    ['no end of the last line', `${header}${idOf('1')} refs/a`],
    ['a wrong order', textOf([`${idOf('1')} refs/b`, `${idOf('1')} refs/a`])],
    ['a name twice', textOf([`${idOf('1')} refs/a`, `${idOf('1')} refs/a`])],
    ['a short id', textOf(['1234 refs/a'])],
    ['an empty line', textOf([`${idOf('1')} refs/a`, ''])],
    ['what belongs to no tag', textOf([`^${idOf('1')}`])],
  ])('not to a file with %s', (_, text) => {
    expect(mergePackedRefs(text, [{ ref: 'refs/c', id: idOf('2') }])).toBeUndefined();
  });
});
