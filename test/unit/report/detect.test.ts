import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detectReport, mayBeReport } from '../../../src/report/detect.ts';

const detect = (path: string, text: string | Uint8Array) => detectReport(path, Buffer.from(text));

test.each(['a.xml', 'A.XML', 'dir/TEST-a.b.xml', 'x.tap', 'x.Tap'])('%s may be a report', (path) => {
  expect(mayBeReport(path)).toBe(true);
});

test.each(['xml', 'a.xml.gz', 'a.html', 'tap', 'junit.json', 'axml'])('%s may not', (path) => {
  expect(mayBeReport(path)).toBe(false);
  expect(detect(path, '<testsuites/>')).toBeUndefined();
});

test.each([
  '<testsuites>',
  '<testsuite name="a">',
  '<testsuites/>',
  '\ufeff<?xml version="1.0"?>\n<testsuites>',
  '<?xml version="1.0" encoding="ISO-8859-1"?><!-- a > b <testsuites> --><testsuite\n name="a">',
  '\r\n\t <!DOCTYPE testsuites SYSTEM "junit.dtd">\n<?xml-stylesheet href="a.xsl"?><testsuites>',
  '<?xml version="1.0" encoding="x-nobody-knows"?><testsuites>',
])('%j is JUnit', (text) => expect(detect('a.xml', text)).toBe('junit'));

test.each([
  '',
  '   ',
  'testsuites',
  '<testsuitesx>',
  '<testsuite',
  '<coverage><testsuites/></coverage>',
  '<!-- <testsuites> -->',
  '<!-- unclosed <testsuites>',
  '<!--><testsuites>',
  '<?xml <testsuites>',
  '<html><body>',
  'text <testsuites>',
  '<!DOCTYPE t [<!ENTITY a "b">]><testsuites>',
  '<!DOCTYPE t [<!ENTITY a "<testsuites>">',
  '\0<testsuites>',
  '{"testsuites": 1}',
])('%j is not JUnit', (text) => expect(detect('a.xml', text)).toBeUndefined());

test('reads UTF-16 with a byte order mark, and XML in UTF-16 without one', () => {
  const text = '<?xml version="1.0" encoding="UTF-16"?><testsuites>';
  const little = Buffer.from(text, 'utf16le');
  const big = Buffer.from(little).swap16();
  expect(detect('a.xml', little)).toBe('junit');
  expect(detect('a.xml', big)).toBe('junit');
  expect(detect('a.xml', Buffer.concat([Buffer.from([0xff, 0xfe]), little]))).toBe('junit');
  expect(detect('a.xml', Buffer.concat([Buffer.from([0xfe, 0xff]), big]))).toBe('junit');
});

test('a root element beyond the first 64 KiB is not looked for', () => {
  expect(detect('a.xml', `<!--${'x'.repeat(65_000)}--><testsuites>`)).toBe('junit');
  expect(detect('a.xml', `<!--${'x'.repeat(66_000)}--><testsuites>`)).toBeUndefined();
});

test.each([
  'TAP version 13\n',
  'tap version 14\r\nok 1\n',
  '> pkg@1 test\n> tape\n\nTAP version 13\n',
  '1..4\n',
  '1..0 # SKIP nothing here',
  'ok 1 - a\n',
  'ok\n',
  'not ok 2\n',
  '# Subtest: a\n    ok 1 - b\n',
  '\n\n# comment\n1..2\n',
  '\ufeffok 1\n',
  'Bail out! no compiler',
])('%j is TAP', (text) => expect(detect('a.tap', text)).toBe('tap'));

test.each(['', '\n', 'okay then\n', 'notok 1\n', '1..\n', '1..2x\n', 'hello\nok 1\n', 'ok 1\0\n', '<testsuites>'])(
  '%j is not TAP',
  (text) => expect(detect('a.tap', text)).toBeUndefined(),
);

test('the name decides which kind is looked for', () => {
  expect(detect('a.xml', 'TAP version 13\nok 1\n')).toBeUndefined();
  expect(detect('a.tap', '<testsuites/>')).toBeUndefined();
});

test('never throws, whatever the bytes', () => {
  fc.assert(
    fc.property(fc.constantFrom('a.xml', 'a.tap'), fc.uint8Array({ maxLength: 300 }), (path, bytes) => {
      expect(['junit', 'tap', undefined]).toContain(detectReport(path, bytes));
    }),
  );
});
