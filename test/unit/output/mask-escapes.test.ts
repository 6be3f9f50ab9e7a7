import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseWorkflowCommand } from '../../../src/output/workflow-command.ts';
import { chunked, maskAll } from './masking.ts';

const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 12 });

describe('escaped secrets', () => {
  test.each([
    ['as JSON writes it', 'p"ss\\wo/rd', String.raw`p\"ss\\wo\/rd`],
    ['in JSON by number', 'päss😀word', String.raw`p\u00E4ss\ud83D\ude00\u0077ord`],
    ['with line ends in JSON', 'first\nsecond', String.raw`first\nsecond`],
    ['as JavaScript writes it', "it's-mine", String.raw`it\'s-mine`],
    ['in XML by name', `p&ss<w>o"r'd`, 'p&amp;ss&lt;w&gt;o&quot;r&apos;d'],
    ['in XML by number', 'päss&word', '&#112;&#xe4;&#x0073;&#0115;&#38;word'],
    ['in a URL', 'p@ss/wörd&', encodeURIComponent('p@ss/wörd&')],
    ['in a URL that is older', 'p@ss/word', 'p%40ss%2fword'],
    ['partly in a URL', 'p%ss%wo%rd', 'p%ss%25wo%rd'],
    ['in a command, where it looks like an escape of a URL', 'p%ss%41word', 'p%25ss%41word'],
    ['in a form', 'p@ss word/x!', 'p%40ss+word%2Fx!'],
    ['in a form, with nothing else to escape', 'correct horse', 'correct+horse'],
    ['as bash prints bytes', 'pä\x1bss\nword', String.raw`p\303\244\Ess\nword`],
    ['as C writes bytes', 'pä\x1bssword', String.raw`p\xc3\xA4\x1bssword`],
    ['with more backslashes than are looked back at', `${'\\'.repeat(20)}"quoted`, `${'\\'.repeat(40)}\\"quoted`],
    ['as Markdown writes it', 'under_scored*word', String.raw`under\_scored\*word`],
    ['between single quotes', "it's ''quoted", String.raw`it'\''s '\'''\''quoted`],
    ['between single quotes, with double ones', "it's ''quoted", `it'"'"'s '"''"'quoted`],
    ['in base64 behind a name', 'hunter2-horse', Buffer.from('hunter2-horse').toString('base64').slice(0, 17)],
  ])('%s', (_, secret, written) => {
    const text = Buffer.from(`<${written}>`);
    for (const size of [1, 2, 3, 5, text.length]) expect(maskAll(chunked(text, [size]), [secret])).toBe('<***>');
  });

  test.each(['100%', '100%2', 'a\\', String.raw`a\u00e`, String.raw`a\ud83d\u`, 'R&', 'R&#x00', 'R&am', "it'", String.raw`it'\\`, `it'"''"`, '\\x4', '\\14'])('%s at the end is no escape', (text) => {
    expect(maskAll(chunked(Buffer.from(text), [1]), ['hunter22'])).toBe(text);
  });

  test('what is no escape stays', () => {
    const text = String.raw`%zz \x41 &nbsp; &#x110000; &#99999999; \u12 100% & \ `;
    expect(maskAll(chunked(Buffer.from(text), [1]), ['hunter22'])).toBe(text);
  });

  test('the ends of a secret that are escapes only when the stream is over', () => {
    expect(maskAll([Buffer.from('p%25ssword%')], ['p%ssword%'])).toBe('***');
    expect(maskAll([Buffer.from('p%25ssword%2')], ['p%ssword%2'])).toBe('***');
  });
});

describe('any mixture of escapes', () => {
  const character = fc.constantFrom('a', 'b', '%', '2', '5', ':', ',', '4', '1', '"', '\\', '&', '/', 'n', "'", ' ', '+');
  const secrets = fc.array(fc.string({ unit: character, minLength: 6, maxLength: 9 }), { minLength: 1, maxLength: 2 });
  const escaped = (one: string): string => `%${one.charCodeAt(0).toString(16).toUpperCase()}`;
  const ways: ((one: string) => string)[] = [(one) => one, (one) => ('%:,'.includes(one) ? escaped(one) : one), (one) => JSON.stringify(one).slice(1, -1)];

  /** Text with the secrets in it, of which each character is written in a way of its own. */
  const scenario = secrets.chain((all) =>
    fc.tuple(
      fc.constant(all),
      fc
        .array(fc.tuple(fc.constantFrom(...all, 'a', '%', '%25', '\\', '&amp;'), fc.array(fc.constantFrom(...ways), { minLength: 9, maxLength: 9 })), { maxLength: 5 })
        .map((parts) => parts.map(([part, how]) => [...part].map((one, at) => how[at]?.(one) ?? one).join('')).join('')),
    ),
  );

  test('nothing that is shown of a command holds a secret', () => {
    fc.assert(
      fc.property(scenario, sizes, ([all, text], lengths) => {
        const masked = maskAll(chunked(Buffer.from(text), lengths), all);
        const message = parseWorkflowCommand(`::group::${masked}`)?.message;
        const title = parseWorkflowCommand(`::error title=${masked}::text`)?.properties.get('title') ?? '';
        // White space is none of the characters, so that nothing is trimmed.
        for (const secret of all) for (const shown of [masked, message, title]) expect(shown).not.toContain(secret);
      }),
      { numRuns: 3000 },
    );
  });

  test('nothing that is read from JSON, a URL or a form holds a secret', () => {
    fc.assert(
      fc.property(secrets, sizes, fc.constantFrom<[(text: string) => string, (text: string) => string]>(
        [(text) => JSON.stringify(text), (text) => JSON.parse(text) as string],
        [encodeURIComponent, decodeURIComponent],
        [(text) => new URLSearchParams({ text }).toString(), (form) => new URLSearchParams(form).get('text') ?? ''],
      ), (all, lengths, [write, read]) => {
        const text = write(`x${all.join('-')}x`);
        const shown = read(maskAll(chunked(Buffer.from(text), lengths), all));
        for (const secret of all) expect(shown).not.toContain(secret);
      }),
      { numRuns: 1000 },
    );
  });

  test('chunk borders make no difference', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '%', '2', '5', '\\', 'u', '0061', '&', '#', '97;', 'amp;', ':', 'n', '\n', 'ud83d', "'", '"', '+', ' ', 'x6', '141'), maxLength: 40 });
    fc.assert(
      fc.property(secrets, text, sizes, (all, whole, lengths) => {
        const bytes = Buffer.from(whole);
        expect(maskAll(chunked(bytes, lengths), all)).toBe(maskAll([bytes], all));
      }),
      { numRuns: 3000 },
    );
  });
});
