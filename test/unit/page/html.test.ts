import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeHtml, relativeUrl } from '../../../src/page/html.ts';

describe('escapeHtml', () => {
  test('escapes what means something in text and in attributes', () => {
    expect(escapeHtml(`<a href="x" title='y'>&</a>`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&lt;/a&gt;');
  });

  test('shows control characters instead of passing them on', () => {
    expect(escapeHtml('a\0b\x1bc\x7fd\x9be\tf\n')).toBe('a\u2400b\u241bc\u2421d\ufffde\tf\n');
  });

  test('leaves no lone surrogate, and pairs alone', () => {
    expect(escapeHtml('\ud800x\u{1f600}')).toBe('\ufffdx\u{1f600}');
  });

  test('any text can be read back from a quoted attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const escaped = escapeHtml(text);
        expect(escaped).not.toMatch(/[<>"']/);
        expect(escaped.replace(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toContain('&');
      }),
    );
  });
});

describe('relativeUrl', () => {
  test.each([
    ['coverage/index.html', './coverage/index.html'],
    ['odd name #1?.txt', './odd%20name%20%231%3F.txt'],
    ['javascript:alert(1)', './javascript%3Aalert(1)'],
    ['50%/ü', './50%25/%C3%BC'],
    ['line\nbreak', './line%0Abreak'],
    ['\ud800', './%EF%BF%BD'],
  ])('%j', (path, url) => {
    expect(relativeUrl(path)).toBe(url);
  });

  test('resolves to the same path below the page, whatever the name', () => {
    const segment = fc.string({ minLength: 1, unit: 'grapheme' }).filter((name) => !name.includes('/') && !['.', '..'].includes(name));
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), (segments) => {
        const url = new URL(relativeUrl(segments.join('/')), 'http://host/run/index.html');
        expect(url.host + url.search + url.hash).toBe('host');
        expect(decodeURIComponent(url.pathname)).toBe(`/run/${segments.join('/')}`);
      }),
    );
  });
});
