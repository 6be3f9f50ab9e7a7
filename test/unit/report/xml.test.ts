import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createXmlReader } from '../../../src/report/xml.ts';

interface Event {
  open?: string;
  attributes?: Record<string, string>;
  text?: string;
  close?: string;
}

function read(...pieces: string[]): Event[] {
  const events: Event[] = [];
  const reader = createXmlReader({
    open: (element, attributes) => events.push({ open: element, attributes: Object.fromEntries(attributes) }),
    text: (piece) => events.push({ text: piece }),
    close: (element) => events.push({ close: element }),
  });
  pieces.forEach(reader.write);
  reader.end();
  return events;
}

const textOf = (events: Event[]): string => events.map(({ text }) => text ?? '').join('');

/** The length at which what is gathered of markup is cut or refused. */
const limit = 65_536;
const piecesOf = (text: string): string[] => text.match(/[^]{1,16384}/g) ?? [];

test('tells of elements, attributes and text, without namespace prefixes', () => {
  expect(read('<?xml version="1.0"?><a:b c:d="1" e=\'2\'>x<!-- no --><f/><![CDATA[<y>]]></a:b>')).toEqual([
    { open: 'b', attributes: { d: '1', e: '2' } },
    { text: 'x' },
    { open: 'f', attributes: {} },
    { close: 'f' },
    { text: '<y>' },
    { close: 'b' },
  ]);
});

describe('entities', () => {
  test('only those of XML and HTML and characters are replaced', () => {
    expect(textOf(read('<a>&lt;&amp;&apos;&#65;&#x1F600;&nbsp;&x;</a>'))).toBe("<&'A😀\u00a0&x;");
  });

  test('references to control characters become those', () => {
    expect(read('<a>&#27;&#x1b;&#x1B;&#x001b;&#0;</a>')[1]).toEqual({ text: '\x1b\x1b\x1b\x1b\0' });
  });

  test('references to what no character is stay as they are', () => {
    const references = '&#xD800;&#x110000;&#;&__proto__;&constructor;';
    expect(textOf(read(`<a>${references}</a>`))).toBe(references);
  });

  test('a document that declares its own is refused before any is used', () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>';
    expect(() => read(bomb)).toThrow('it declares entities of its own, which are never expanded');
    expect(() => read('<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]><a/>')).toThrow('never expanded');
  });

  test('a document type without declarations is fine', () => {
    expect(read('<!DOCTYPE a PUBLIC "-//x" "http://x/y.dtd"><a/>')).toHaveLength(2);
  });
});

describe('limits', () => {
  test('a long attribute is cut, in one piece or many', () => {
    const long = `<a b="${'x'.repeat(5 * limit)}" c="d"/>`;
    for (const pieces of [[long], piecesOf(long)]) {
      expect(read(...pieces)[0]?.attributes).toEqual({ b: 'x'.repeat(limit), c: 'd' });
    }
  });

  test('a long comment is nothing, a long text comes in pieces', () => {
    const text = 'x'.repeat(5 * limit);
    const events = read(...piecesOf(`<a><!--${text}-->${text}<![CDATA[${text}]]></a>`));
    expect(textOf(events)).toBe(text + text);
    expect(Math.max(...events.map((event) => event.text?.length ?? 0))).toBeLessThanOrEqual(16_384);
  });

  test.each([
    ['an element name', '<a'],
    ['an attribute name', '<a b'],
    ['an entity', '<a>&b'],
    ['an instruction', '<?a '],
    ['the name of an instruction', '<?a'],
    ['a document type', '<!DOCTYPE a '],
    ['declarations', '<!DOCTYPE a [ '],
    ['a declaration', '<!A '],
  ])('%s without an end is an error', (_, start) => {
    expect(() => read(...piecesOf(start + 'x'.repeat(5 * limit)))).toThrow('markup without an end');
  });

  test('so are elements nested too deep and too many attributes', () => {
    expect(read('<a>'.repeat(100) + '</a>'.repeat(100))).toHaveLength(200);
    expect(() => read('<a>'.repeat(101))).toThrow('elements nested deeper than 100');
    const attributes = (count: number) => Array.from({ length: count }, (_, i) => `a${i}=""`).join(' ');
    expect(read(`<a ${attributes(1000)}/>`)).toHaveLength(2);
    expect(() => read(`<a ${attributes(1001)}/>`)).toThrow('more than 1000 attributes on one element');
  });
});

test('names of attributes that objects have of their own do no harm', () => {
  expect(read('<a __proto__="1" constructor="2" toString="3"/>')[0]?.attributes).toMatchObject({ toString: '3' });
  expect(() => read('<a hasOwnProperty="1" b="2"/>')).toThrow(Error);
});

test('a declaration outside of a document type is an error', () => {
  expect(() => read('<!ELEMENT a ANY><a/>')).toThrow('a declaration where none may be');
});

test('the line is that of the problem', () => {
  const reader = createXmlReader({ open: () => undefined, text: () => undefined, close: () => undefined });
  expect(() => reader.write('<a>\n\n</b>')).toThrow('unexpected close tag');
  expect(reader.line()).toBe(3);
});

test('any markup either is read or is an error in words', () => {
  const parts = fc.constantFrom('<a>', '</a>', '<a b="', '"', '<!--', '-->', '<![CDATA[', ']]>', '&', ';', '<?', '?>', '<!', '>', 'x', '\0', '[', '/', '=');
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 20 }), (pieces) => {
      try {
        expect(read(...pieces).length).toBeGreaterThan(1);
      } catch (error) {
        if (!(error instanceof Error) || !/^[a-z].*[^\n]$/.test(error.message)) throw error;
      }
    }),
    { numRuns: 500 },
  );
});
