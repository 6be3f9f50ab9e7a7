import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskAll } from './masking.ts';

/** Prints each argument in every way that bash has to quote it, and a NUL. */
const printing = String.raw`
exec 2>&1
for its_name; do
  set -x; : "$its_name"; [[ x == "$its_name" ]]; set +x
  declare -p its_name; printf '%q\0' "$its_name"
done`;

const quotes = String.raw`[$'"\\]*`;
const hidden = `${quotes}\\*\\*\\*${quotes}`;
const allHidden = new RegExp(
  `^\\+ : ${hidden}\\n\\+ \\[\\[ x == ${hidden} \\]\\]\\n\\+ set \\+x\\ndeclare -- its_name=${hidden}\\n${hidden}$`,
);

const printable = fc.constantFrom(...Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)));
const special = fc.constantFrom("'", '"', '\\', '$', '`', '!', ' ', '~', '#', 'ä', '😀', '\n', '\t', '\x1b', '\x02');
const secret = fc
  .string({ unit: fc.oneof(printable, special), minLength: 6, maxLength: 14 })
  // Line ends around a secret are no part of it, and are shown.
  .filter((text) => !/^\n|\n$/.test(text) && /[^ \t]/.test(text))
  // Each line of a secret is one: with a blank and a quote at its beginning it hides what bash puts before the quoted whole, too.
  .filter((text) => !text.includes('\n '));

test.each(['C', 'C.UTF-8'])('whatever bash quotes is hidden, in the locale %s', (locale) => {
  fc.assert(
    fc.property(fc.array(secret, { minLength: 300, maxLength: 300 }), (secrets) => {
      const output = execFileSync('bash', ['--norc', '-c', printing, 'bash', ...secrets], {
        env: { ...process.env, LC_ALL: locale, PS4: '+ ' },
        encoding: 'latin1',
      });
      const printed = output.split('\0').slice(0, -1);
      expect(printed).toHaveLength(secrets.length);
      for (const [at, text] of printed.entries()) {
        expect(maskAll([Buffer.from(text, 'latin1')], [secrets[at] ?? ''])).toMatch(allHidden);
      }
    }),
    { numRuns: 3, endOnFailure: true },
  );
});
