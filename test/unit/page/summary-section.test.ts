import fc from 'fast-check';
import sax from 'sax';
import { describe, expect, test } from 'vitest';
import { summarySection } from '../../../src/page/summary-section.ts';

const sectionOf = (markdown: string): string => summarySection({ head: Buffer.from(markdown), bytes: Buffer.byteLength(markdown) });

/** The tags of a section, parsed strictly. */
function tagsOf(html: string): sax.Tag[] {
  const parser = sax.parser(true);
  const tags: sax.Tag[] = [];
  parser.onopentag = (tag) => tags.push(tag as sax.Tag);
  parser.onerror = (error) => {
    throw error;
  };
  parser.write(`<page>${html}</page>`).close();
  return tags;
}

const linksOf = (html: string): string[] => tagsOf(html).flatMap(({ name, attributes }) => (name === 'a' ? String(attributes['href']) : []));

/** Nobody is asked for anything, and nothing is run. */
function expectHarmless(html: string): void {
  for (const { name, attributes } of tagsOf(html)) {
    expect(name).toMatch(/^(?:page|div|p|a|h[1-6]|small|span|strong|em|s|code|pre|ul|ol|li|blockquote|hr|br|table|thead|tbody|tr|th|td)$/);
    expect(Object.keys(attributes).filter((key) => !/^(?:href|title|class|style|start)$/.test(key))).toEqual([]);
    expect(attributes['style'] ?? 'text-align:left').toMatch(/^text-align:(?:left|right|center)$/);
  }
  const here = 'https://page.example/run/';
  expect(linksOf(html).filter((url) => !/^(?:https?:\/\/|mailto:)/i.test(url) && !new URL(url, here).href.startsWith(here))).toEqual([]);
}

describe('the summary of a run on its page', () => {
  test('is Markdown with tables', () => {
    const html = sectionOf('# Coverage\n\n| file | % |\n|---|--:|\n| `a.c` | **90** |\n\n<http://a.b/c>');
    expect(html).toContain('<h1>Coverage</h1>');
    expect(html).toContain('<td style="text-align:right"><strong>90</strong></td>');
    expect(linksOf(html)).toEqual(['http://a.b/c']);
    expectHarmless(html);
  });

  test.each([
    ['<script>alert(1)</script>', '&lt;script&gt;'],
    ['text <img src=x onerror=y> text', '&lt;img src=x onerror=y&gt;'],
    ['<!-- a\n\n-->', '&lt;!-- a'],
    ['[a](javascript:alert(1))', '[a](javascript:alert(1))'],
    ['[a](java&#115;cript:alert)', 'cript:alert'],
    ['[a](data:text/html,x)', '[a](data:text/html,x)'],
    ['[a](//elsewhere.example)', '[a](//elsewhere.example)'],
    ['[a](/etc/passwd)', '[a](/etc/passwd)'],
    ['[a](../other)', '[a](../other)'],
    ['[a](b/%2E%2e/%2e./c)', '[a](b/%2E%2e/%2e./c)'],
    ['[a](?b)', '[a](?b)'],
    ['[a](.)', '[a](.)'],
    ['![a](data:image/png;base64,AAAA)', '![a](data:image/png'],
    ['[a\n\n[a]: vbscript:x', '[a]: vbscript:x'],
    ['\u001b[31mred\u001b[0m \u0007 \u202e &#x202e;', 'red \\x07 \\u202e \\u202e'],
    ['```" onclick="x\ncode\n```', 'class="language-&quot;"'],
  ])('is harmless: %j', (markdown, shown) => {
    const html = sectionOf(markdown);
    expectHarmless(html);
    expect(html).toContain(shown);
  });

  test('has images as links, and as text where they are in one', () => {
    const html = sectionOf('![a *b*](https://a.example/i.png) ![](https://a.example/j.png) [![badge](https://a.example/k.svg)](https://b.example)');
    expect(linksOf(html)).toEqual(['https://a.example/i.png', 'https://a.example/j.png', 'https://b.example']);
    expect(html).toContain('<a href="https://b.example">badge</a>');
    expectHarmless(html);
  });

  test('leads to artefacts beside it', () => {
    const html = sectionOf('[report](coverage/index.html#top) [a](./b%20c.txt) [d](<e f/.g..h>) ![shot](shot.png)');
    expect(linksOf(html)).toEqual(['coverage/index.html#top', './b%20c.txt', 'e%20f/.g..h', 'shot.png']);
    expectHarmless(html);
  });

  test('has boxes for tasks', () => {
    expect(sectionOf('- [x] one\n- [ ] two\n')).toContain('<li>☑ one</li>\n<li>☐ two</li>');
    expect(sectionOf('- [X] one\n\n- [y] two [ ] three\n')).toContain('<li>\n<p>☑ one</p>\n</li>\n<li>\n<p>[y] two [ ] three</p>');
  });

  test('is well-formed and harmless whatever it is', () => {
    const piece = fc.constantFrom(...'[]()<>!*_`|-#&;:\n\t "\'\\~=', '![', '](', 'http://a', '../', '%2e', '&#12;', '&#xfffe;', '\ufffe', '\u0000', '|-|-|\n', '- [ ] ', 'a', '\u001b[1m');
    fc.assert(fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 60 }), (pieces) => expectHarmless(sectionOf(pieces.join('')))));
  });

  test.each(['[', '> ', '- ', '*a ', '`', '|a', '![['])('gets along with nothing but %j', (piece) => {
    expectHarmless(sectionOf(piece.repeat(5000)));
  });

  test('tells that it is the beginning, and ends with a line', () => {
    const html = summarySection({ head: Buffer.from('one\n\ntwo \xe2', 'latin1'), bytes: 2_000_000 });
    expect(html).toContain('the first 10 B of 1.9 MiB');
    expect(html).toContain('<p>one</p>\n</div>');
    expect(html).toContain('<a href="./summary.md">');
  });
});
