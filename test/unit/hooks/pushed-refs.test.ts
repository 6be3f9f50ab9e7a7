import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JciError } from '../../../src/base/errors.ts';
import { parsePushedRefs, pushedTips, type PushedRef } from '../../../src/hooks/pushed-refs.ts';

const a = 'a'.repeat(40);
const b = 'b'.repeat(40);
const none = '0'.repeat(40);

const push = (remoteRef: string, localId = a, localRef = 'refs/heads/main'): PushedRef => ({ localRef, localId, remoteRef, remoteId: none });

test('reads what git writes, in both object formats', () => {
  const hex = fc.constantFrom(...'0123456789abcdef');
  const id = fc.oneof(...[40, 64].map((length) => fc.string({ unit: hex, minLength: length, maxLength: length })));
  const ref = fc.string({ unit: fc.constantFrom('a', 'é', '/', '-', '#'), minLength: 1 }).map((name) => `refs/heads/${name}`);
  const line = fc.record({ localRef: fc.oneof(ref, fc.constant('(delete)'), fc.constant('HEAD'), fc.constant(`HEAD^{/a ${a} word}`)), localId: id, remoteRef: ref, remoteId: id });
  fc.assert(
    fc.property(fc.array(line), (refs) => {
      const input = refs.map((one) => `${one.localRef} ${one.localId} ${one.remoteRef} ${one.remoteId}\n`).join('');
      expect(parsePushedRefs(input)).toEqual(refs);
    }),
  );
});

test('an empty line is nothing; a line that is not understood keeps the gate shut', () => {
  expect(parsePushedRefs('\n')).toEqual([]);
  expect(() => parsePushedRefs(`refs/heads/main ${a} refs/heads/main`)).toThrow(JciError);
  expect(() => parsePushedRefs('what is this')).toThrow(/what is this/);
});

test('only the new tips of branches are judged, each commit once', () => {
  const tips = pushedTips([
    push('refs/heads/main'),
    push('refs/heads/release/1', a, 'HEAD'),
    push('refs/heads/topic', b, b),
    push('refs/heads/gone', none, '(delete)'),
    push('refs/tags/v1', b),
    push(`refs/jci-runs/${a}/1700000000-abcd`, b),
    push('refs/notes/commits', b),
  ]);
  expect(tips).toEqual([
    { commit: a, branches: ['main', 'release/1'] },
    { commit: b, branches: ['topic'] },
  ]);
});

test('a deletion is one in SHA-256 as well', () => {
  expect(pushedTips([push('refs/heads/gone', '0'.repeat(64))])).toEqual([]);
});
