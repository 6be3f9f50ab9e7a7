import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseWorkflowCommand, unescapeMessage, workflowCommandNames } from '../../../src/output/workflow-command.ts';

function parse(line: string): { name: string; properties: Record<string, string>; message: string } | undefined {
  const command = parseWorkflowCommand(line);
  return command && { ...command, properties: Object.fromEntries(command.properties) };
}

describe('commands', () => {
  test.each([
    ['::group::Build', 'group', {}, 'Build'],
    ['::endgroup::', 'endgroup', {}, ''],
    ['  \t::group::indented', 'group', {}, 'indented'],
    ['::group id=ab12::Build it', 'group', { id: 'ab12' }, 'Build it'],
    ['::error::it broke', 'error', {}, 'it broke'],
    ['::error file=a.ts,line=3,col=7::x', 'error', { file: 'a.ts', line: '3', col: '7' }, 'x'],
    ['::error file=a.ts, line=3::x', 'error', { file: 'a.ts', line: '3' }, 'x'],
    ['::warning title=A%3A B%2C C::x', 'warning', { title: 'A: B, C' }, 'x'],
    ['::notice file=a=b.ts::x', 'notice', { file: 'a=b.ts' }, 'x'],
    ['::notice endLine=9::x', 'notice', { endline: '9' }, 'x'],
    ['::notice file=,line=3::x', 'notice', { file: '', line: '3' }, 'x'],
    ['::notice file=a,file=b::x', 'notice', { file: 'b' }, 'x'],
    ['::notice oops,=x,,line=1::x', 'notice', { line: '1' }, 'x'],
    ['::error ::x', 'error', {}, 'x'],
    ['::error::a::b::c', 'error', {}, 'a::b::c'],
    ['::error:: spaces stay ', 'error', {}, ' spaces stay '],
    ['::error::a%0Ab%0Dc%25d', 'error', {}, 'a\nb\rc%d'],
    ['::error::%250A %3A %2C %0a', 'error', {}, '%0A %3A %2C %0a'],
    ['::add-mask::secret', 'add-mask', {}, 'secret'],
  ])('%j', (line, name, properties, message) => {
    expect(parse(line)).toEqual({ name, properties, message });
  });

  test('a property named __proto__ is a property', () => {
    expect(parseWorkflowCommand('::error __proto__=x::y')?.properties.get('__proto__')).toBe('x');
  });
});

test.each([
  '',
  '::',
  '::::',
  '::error',
  '::error:',
  ':error::x',
  ':::error::x',
  'x ::error::y',
  '::ERROR::x',
  '::errors::x',
  '::set-output name=a::b',
  '::constructor::x',
  '##[group]x',
])('%j is no command', (line) => {
  expect(parseWorkflowCommand(line)).toBeUndefined();
});

describe('what an escaping writer wrote is read back', () => {
  const escape = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const escapeProperty = (text: string): string => escape(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  const text = fc.string({ unit: fc.constantFrom('a', '%', '\r', '\n', ':', ',', '=', '0A', '25', 'ü', ' ') });
  const value = text.map((any) => `<${any}>`);

  test('messages and properties', () => {
    fc.assert(
      fc.property(fc.constantFrom(...workflowCommandNames), value, value, text, (name, file, title, message) => {
        const line = `::${name} file=${escapeProperty(file)},title=${escapeProperty(title)}::${escape(message)}`;
        expect(parse(line)).toEqual({ name, properties: { file, title }, message });
      }),
    );
  });

  test('unescapeMessage', () => {
    fc.assert(
      fc.property(text, (any) => {
        expect(unescapeMessage(escape(any))).toBe(any);
      }),
    );
  });

  test('no text makes it throw', () => {
    const piece = fc.constantFrom('::', ':', 'error', 'group', ' ', '=', ',', '%', '%0A', 'x');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const command = parseWorkflowCommand(pieces.join(''));
        expect(command === undefined || pieces.join('').includes(command.name)).toBe(true);
      }),
    );
  });
});
