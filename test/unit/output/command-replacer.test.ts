import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCommandReplacer } from '../../../src/output/command-replacer.ts';
import { chunked } from './masking.ts';

/** Every line that says `::x` is replaced, `::drop` taken out; other lines that begin with colons stay. */
function pass(chunks: readonly Buffer[]): string {
  const given: string[] = [];
  const replace = (line: string): string | undefined => (line.trim() === '::drop' ? '' : line.trimStart().startsWith('::x') ? `<${line.trim()}>\n` : undefined);
  const replacer = createCommandReplacer(replace, (bytes) => given.push(bytes.toString('hex')));
  for (const chunk of chunks) {
    const ours = Buffer.from(chunk);
    replacer.write(ours);
    // The caller may use its buffer again.
    ours.fill('#');
  }
  replacer.end();
  return Buffer.from(given.join(''), 'hex').toString();
}

/** By the rule itself: lines have a line feed, and the last one without is none yet. */
const naive = (text: string): string =>
  text.replace(/[^\n]*\n/g, (line) => (line.trim() === '::drop' ? '' : /^[ \t\r]*::x/.test(line) ? `<${line.trim()}>\n` : line));

test('replaces the lines that are commands and no other byte, however the stream is cut', () => {
  const piece = fc.constantFrom('x', ':', '::', '::x', '::drop\n', '\n', ' ', '\t', '\r\n', '::x y\n', 'std::x', 'ü');
  const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), sizes, (pieces, cuts) => {
      const text = pieces.join('');
      expect(pass(chunked(Buffer.from(text), cuts))).toBe(naive(text));
    }),
    { numRuns: 3000 },
  );
});

test('holds back nothing but what may become a command', () => {
  const given: string[] = [];
  const replacer = createCommandReplacer(() => 'command\n', (bytes) => given.push(bytes.toString()));
  const said = (text: string): string => {
    given.length = 0;
    replacer.write(Buffer.from(text));
    return given.join('');
  };
  expect(said('prompt> ')).toBe('prompt> ');
  expect(said('\n  ')).toBe('\n');
  expect(said('ok')).toBe('  ok');
  expect(said('\n::err')).toBe('\n');
  expect(said('or::x\nnext')).toBe('command\nnext');
});

test('a line that begins as a command and does not end is passed on', () => {
  const long = `::x${'y'.repeat(10_000)}`;
  expect(pass(chunked(Buffer.from(`a\n${long}\n::x\n`), [1000]))).toBe(`a\n${long}\n<::x>\n`);
  expect(pass([Buffer.from(`a\n${long}\n::x\n`)])).toBe(`a\n${long}\n<::x>\n`);
});
