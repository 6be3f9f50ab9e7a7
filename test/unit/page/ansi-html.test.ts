import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ansiToHtml } from '../../../src/page/ansi-html.ts';
import { escapeHtml } from '../../../src/page/html.ts';

describe('ansiToHtml', () => {
  test.each([
    ['plain <text>', 'plain &lt;text&gt;'],
    ['\x1b[31mred\x1b[0m.', '<span class="f1">red</span>.'],
    ['\x1b[1;32mboth\x1b[22m green\x1b[39m', '<span class="f2 bo">both</span><span class="f2"> green</span>'],
    ['\x1b[97;101mbright', '<span class="f15 k9">bright</span>'],
    ['\x1b[38;5;208morange\x1b[m', '<span style="color:#ff8700">orange</span>'],
    ['\x1b[48;5;244mgrey', '<span style="background:#808080">grey</span>'],
    ['\x1b[38;2;1;2;3mtrue', '<span style="color:#010203">true</span>'],
    ['\x1b[38;5;9mpalette', '<span class="f9">palette</span>'],
    ['\x1b[7minverse\x1b[27;9m gone', '<span class="fi ki">inverse</span><span class="st"> gone</span>'],
    ['\x1b[7;31mred ground', '<span class="fi k1">red ground</span>'],
    ['\x1b[31m\x1b[0mnothing red', 'nothing red'],
    ['\x1b[2J\x1b[1;1Hmoved', 'moved'],
    ['\x1b]8;;https://example.org\x07link\x1b]8;;\x07', 'link'],
    [' 10%\r 50%\r100%\r\nnext', '100%\nnext'],
  ])('%j', (text, html) => {
    expect(ansiToHtml(text)).toBe(html);
  });

  const terminalText = fc
    .array(fc.oneof(fc.string(), fc.constantFrom('\x1b[', '\x1b[31m', '\x1b[0m', '\x1b[38;5;', '\x1b[38;2;900;1m', 'm', '<', '"', '\x1b]', '\x1b', '\n')))
    .map((parts) => parts.join(''))
    .filter((text) => !text.includes('\r'));

  test('adds nothing but spans with classes and colours of ours', () => {
    fc.assert(
      fc.property(terminalText, (text) => {
        const tags = ansiToHtml(text).match(/<[^>]*>?/g) ?? [];
        for (const tag of tags) {
          expect(tag).toMatch(/^(<\/span>|<span( class="(?:[fk](?:\d+|i)|bo|di|it|un|st| )+")?( style="(?:color|background|:|#[0-9a-f]{6}|;)+")?>)$/);
        }
      }),
    );
  });

  test('keeps every character of text without escape sequences', () => {
    fc.assert(
      fc.property(fc.string().filter((text) => !/[\r\x1b\x9b]/.test(text)), (text) => {
        expect(ansiToHtml(text)).toBe(escapeHtml(text));
      }),
    );
  });

  test('what it says is what a terminal would say', () => {
    const text = '\x1b[1mRUN\x1b[22m  \x1b[36mv4.1.12\x1b[39m \x1b[90m/repo\x1b[39m';
    expect(ansiToHtml(text).replace(/<[^>]+>/g, '')).toBe(stripVTControlCharacters(text));
  });
});
