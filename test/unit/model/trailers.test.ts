import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isBranchName } from '../../../src/model/branch-name.ts';
import { outcomes, triggers, runStatuses } from '../../../src/model/outcome.ts';
import { formatResultMessage, parseResultMessage, type ResultSummary } from '../../../src/model/trailers.ts';

const commit = '0123456789abcdef0123456789abcdef01234567';
const id = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 40, maxLength: 40 });
const orNot = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

/** Names that git takes and a careless parser would not. */
const hostileBranches = ['Jci-Status', 'a\u2028Jci-Status:', 'x\u0085', 'nbsp\u00a0', '\ufeffbom', 'a=b', '"quoted"', '<b>', '$(x)', '%41', 'ü/ñ', '😀', '-'];
const branch = fc.oneof(fc.constantFrom(...hostileBranches), fc.string({ unit: 'grapheme' }).filter(isBranchName));

const summary: fc.Arbitrary<ResultSummary> = fc.record({
  status: fc.constantFrom(...runStatuses),
  outcome: orNot(fc.constantFrom(...outcomes)),
  durationMs: orNot(fc.nat()),
  tree: orNot(id),
  script: orNot(id),
  branch: orNot(branch),
  trigger: orNot(fc.constantFrom(...triggers)),
  exitCode: orNot(fc.nat(255)),
  dirty: fc.boolean(),
});

describe('the message of a result', () => {
  test('reads back as the summary it was written from; a dirty one names no tree', () => {
    fc.assert(
      fc.property(summary, (written) => {
        const read = parseResultMessage(formatResultMessage(commit, '1700000000-abcd', written));
        expect(read).toEqual({ ...written, tree: written.dirty ? undefined : written.tree, about: '0123456789ab/1700000000-abcd' });
      }),
    );
  });

  test('has a subject that a person can read, and one line per trailer', () => {
    fc.assert(
      fc.property(summary, (written) => {
        const [subject, blank, ...lines] = formatResultMessage(commit, '1700000000-abcd', written).trimEnd().split('\n');
        expect(subject).toBe('CI results for 0123456789ab (run 1700000000-abcd)');
        expect(blank).toBe('');
        expect(lines.every((line) => /^Jci-[A-Za-z-]+: /.test(line))).toBe(true);
      }),
    );
  });

  test.each(['CI results for 0123456789ab', '', 'Jci-Status: great', 'jci-status: ok', ' Jci-Status: ok', 'x Jci-Status: ok'])(
    'of somebody else (%j) says nothing',
    (message) => {
      expect(parseResultMessage(message)).toBeUndefined();
    },
  );

  test('with values we do not know is read without them', () => {
    const message = 'x\n\nJci-Status: err\nJci-Outcome: exploded\nJci-Duration-Ms: -1\nJci-Exit: 1e3\nJci-Trigger: moon\nJci-New: x';
    expect(parseResultMessage(message)).toMatchObject({
      status: 'err',
      outcome: undefined,
      durationMs: undefined,
      exitCode: undefined,
      trigger: undefined,
      dirty: false,
    });
  });

  test('that an editor gave Windows line ends is read all the same', () => {
    expect(parseResultMessage('x\r\n\r\nJci-Status: ok\r\nJci-Branch: main\r\n')).toMatchObject({ status: 'ok', branch: 'main' });
  });

  test('of any text never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseResultMessage(`Jci-Status: ok\n${text}`)));
  });
});
