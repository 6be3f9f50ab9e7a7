import { describe, expect, test } from 'vitest';
import { createMasker } from '../../../src/output/mask.ts';
import { chunked, maskAll } from './masking.ts';

const mask = (text: string, ...secrets: string[]): string => maskAll([Buffer.from(text)], secrets);
const byByte = (text: string, ...secrets: string[]): string =>
  maskAll(Array.from(Buffer.from(text), (byte) => Buffer.of(byte)), secrets);

describe('secrets given', () => {
  test.each([
    ['in the middle', 'token=hunter22 done\n', ['hunter22'], 'token=*** done\n'],
    ['the whole stream', 'hunter22', ['hunter22'], '***'],
    ['nothing to hide', 'all is well\n', ['hunter22'], 'all is well\n'],
    ['twice', 'hunter22 hunter22', ['hunter22'], '*** ***'],
    ['touching: one run', 'hunter22hunter22', ['hunter22'], '***'],
    ['touching, of two secrets', 'abcdefuvwxyz', ['abcdef', 'uvwxyz'], '***'],
    ['overlapping, of two secrets', '<abcdefgh>', ['abcdef', 'cdefgh'], '<***>'],
    ['overlapping itself', '<abababababa>', ['ababab'], '<***a>'],
    ['one inside another', '<my-secret-key>', ['my-secret-key', 'secret'], '<***>'],
    ['the shorter one alone', 'a secret here', ['my-secret-key', 'secret'], 'a *** here'],
    ['five bytes are no secret', 'abcde', ['abcde'], 'abcde'],
    ['six bytes in three characters', '<äöü>', ['äöü'], '<***>'],
    ['only the beginning of one', 'hunter2', ['hunter22'], 'hunter2'],
    ['a false start', 'ababax abababc', ['abababc'], 'ababax ***'],
    ['white space alone', 'if x:\n        pass\n', ['        '], 'if x:\n        pass\n'],
    ['empty', 'text', [''], 'text'],
    ['a secret made of stars', 'x ******** y', ['********'], 'x *** y'],
  ])('%s', (_, text, secrets, expected) => {
    expect(mask(text, ...secrets)).toBe(expected);
    expect(byByte(text, ...secrets)).toBe(expected);
  });

  test('each line of a secret, and the whole of it', () => {
    const key = '-----BEGIN KEY-----\r\nMIIEabcdef\r\nxyz\r\n-----END KEY-----\r\n';
    expect(mask('MIIEabcdef\nxyz\n', key)).toBe('***\nxyz\n');
    expect(mask(`(${key})`, key)).toBe('(***\r\n)');
    expect(byByte('-----BEGIN KEY-----\nMIIEabcdef\n', key)).toBe('***\n***\n');
  });

  test('a line end after a secret stays, so that no lines are joined', () => {
    expect(mask('hunter22\n::endgroup::\n', 'hunter22\n')).toBe('***\n::endgroup::\n');
  });

  test('bytes that are no UTF-8 come through', () => {
    const masker = createMasker(['hunter22']);
    const bytes = Buffer.concat([Buffer.of(0xff, 0xc3, 0, 0x80), Buffer.from('hunter22'), Buffer.of(0xfe)]);
    expect(Buffer.concat([masker.write(bytes), masker.end()])).toEqual(
      Buffer.concat([Buffer.of(0xff, 0xc3, 0, 0x80), Buffer.from('***'), Buffer.of(0xfe)]),
    );
  });

  test('a secret added while the stream runs', () => {
    const masker = createMasker([]);
    const before = masker.write(Buffer.from('hunter22 ')).toString();
    masker.add('hunter22');
    expect(before + masker.write(Buffer.from('hunter22')).toString() + masker.end().toString()).toBe('hunter22 ***');
  });

  test('text beside the stream', () => {
    const masker = createMasker(['hunter22']);
    masker.write(Buffer.from('hunt'));
    masker.write(Buffer.from('::\n::add-mask::grün-geheim\n'));
    expect(masker.redact('er22 grün-geheim, hunter22')).toBe('er22 ***, ***');
    expect(masker.redact('')).toBe('');
  });
});

describe('live output', () => {
  test('without secrets the chunk itself comes back', () => {
    const chunk = Buffer.from('line\n  partial');
    const written = createMasker([]).write(chunk);
    chunk.fill('x');
    expect(written.toString()).toBe('xxxxxxxxxxxxxx');
  });

  test('only the beginning of a secret waits', () => {
    const masker = createMasker(['hunter22', 'terrible']);
    expect(masker.write(Buffer.from('a hunter')).toString()).toBe('a ');
    expect(masker.write(Buffer.from('r')).toString()).toBe('hun');
    expect(masker.write(Buffer.from('!')).toString()).toBe('terr!');
    expect(masker.write(Buffer.from('done')).toString()).toBe('done');
    expect(masker.end().length).toBe(0);
  });

  test('what waits does not depend on the buffer of the caller', () => {
    const masker = createMasker(['hunter22']);
    const chunk = Buffer.from('hunt');
    expect(masker.write(chunk).length).toBe(0);
    chunk.fill('x');
    expect(masker.write(Buffer.from('ed')).toString()).toBe('hunted');
  });

  test('nor does the value of an ::add-mask::', () => {
    const masker = createMasker([]);
    const chunk = Buffer.from('::add-mask::hunter');
    masker.write(chunk);
    chunk.fill('x');
    expect(masker.write(Buffer.from('22\nhunter22 xxxxxx22\n')).toString()).toBe('***\n*** xxxxxx22\n');
  });

  test('a beginning of ::add-mask:: does not wait', () => {
    const masker = createMasker([]);
    expect(masker.write(Buffer.from('x\n  ::add-')).toString()).toBe('x\n  ::add-');
    expect(masker.write(Buffer.from('mask::hunter22')).toString()).toBe('mask::');
    expect(masker.write(Buffer.from('\n')).toString()).toBe('***\n');
  });

  test('endless repetition of a secret gives one *** and holds less than the secret', () => {
    const masker = createMasker(['aaaaaa']);
    const chunk = Buffer.alloc(1000, 'a');
    const outputs = Array.from({ length: 50 }, () => masker.write(chunk).toString());
    expect(outputs.join('')).toBe('***');
    expect(masker.write(Buffer.from('b')).toString() + masker.end().toString()).toBe('b');
  });
});

describe('::add-mask::', () => {
  test.each([
    ['hides from its own line on', 'hunter22\n::add-mask::hunter22\nhunter22\n', 'hunter22\n::add-mask::***\n***\n'],
    ['as the first line', '::add-mask::hunter22\nhunter22', '::add-mask::***\n***'],
    ['after white space', ' \t::add-mask::hunter22\nhunter22', ' \t::add-mask::***\n***'],
    ['with CR LF', '::add-mask::hunter22\r\nhunter22', '::add-mask::***\r\n***'],
    ['without a line end', '::add-mask::hunter22', '::add-mask::***'],
    ['not inside a line', 'x ::add-mask::hunter22\nhunter22', 'x ::add-mask::hunter22\nhunter22'],
    ['not after a colon', ':::add-mask::hunter22\nhunter22', ':::add-mask::hunter22\nhunter22'],
    ['with an empty value', '::add-mask::\nhunter22', '::add-mask::\nhunter22'],
    ['too short: hidden there only', '::add-mask::abc\nabc', '::add-mask::***\nabc'],
    ['two in a row', '::add-mask::abcdef\n::add-mask::uvwxyz\nuvwxyz', '::add-mask::***\n::add-mask::***\n***'],
    ['with escapes', '::add-mask::line-one%0D%0Aline-two%25\nline-two%\nline-one\n', '::add-mask::***\n***\n***\n'],
    ['with a forgotten escape', '::add-mask::abc%0Adef\nabc%0Adef abc\ndef', '::add-mask::***\n*** ***'],
    ['a value with the marker in it', '::add-mask::::add-mask::x\n(::add-mask::x)', '::add-mask::***\n(***)'],
    ['almost', '::add-masks::hunter22\n::add-mask:hunter22\n', '::add-masks::hunter22\n::add-mask:hunter22\n'],
    ['touching a hidden line', '::add-mask::x\nhunter22', '::add-mask::***\nhunter22'],
  ])('%s', (_, text, expected) => {
    expect(mask(text)).toBe(expected);
    expect(byByte(text)).toBe(expected);
  });

  test.each([
    ['a chunk that goes on with a line', 'x ', false],
    ['a chunk that goes on with white space', '\n \t', true],
    ['a chunk behind a line end', 'x\n', true],
    ['the first chunk', '', true],
  ])('at the start of %s', (_, before, expected) => {
    const masked = maskAll([Buffer.from(before), Buffer.from('::add-mask::hunter22\n')]);
    expect(masked).toBe(`${before}::add-mask::${expected ? '***' : 'hunter22'}\n`);
  });

  test('a secret that reaches over the line is hidden whole', () => {
    expect(byByte('1::add-mask::x\n', '1::add-mask::x')).toBe('***\n');
    expect(byByte('::add-mask::abc\nnext-line', 'c\nnext-line')).toBe('::add-mask::***');
  });

  test('a value that is no UTF-8', () => {
    const secret = Buffer.of(0xff, 0x41, 0xfe, 0x42, 0x80, 0x43, 0x90);
    expect(maskAll([Buffer.from('::add-mask::'), secret, Buffer.from('\n<'), secret, Buffer.from('>')])).toBe(
      '::add-mask::***\n<***>',
    );
  });

  test.each([64 * 1024, 64 * 1024 + 1, 300_000])('a value of %i bytes does not leak', (size) => {
    const value = Array.from({ length: size }, (_, at) => String.fromCharCode(97 + ((at * at + 3 * at) % 23))).join('');
    const text = Buffer.from(`::add-mask::${value}\nafter\n`);
    expect(maskAll(chunked(text, [7001]))).toBe('::add-mask::***\nafter\n');
    expect(maskAll([text])).toBe('::add-mask::***\nafter\n');
  });

  test('of a value that is too long the beginning stays a secret', () => {
    const start = 'b'.repeat(64 * 1024);
    expect(mask(`::add-mask::${start}cc\n${start}dd`)).toBe('::add-mask::***\n***dd');
  });
});
