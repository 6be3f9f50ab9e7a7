import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refusal } from '../../../src/base/errors.ts';
import { reportError } from '../../../src/cli/report-error.ts';
import { createUi } from '../../../src/cli/render/ui.ts';
import { fakeMachine } from './fake-terminal.ts';

const size = { columns: 80, rows: 24 };
const hostile = '\x1b]0;PWN\x07 \x1b[8m \u202e \x9b2J';
const tamed = '\\x1b]0;PWN\\x07 \\x1b[8m \\u202e \\x9b2J';

describe('what others wrote', () => {
  test.each([true, false])('reaches no terminal raw from an error and its hint (--debug: %s)', (debug) => {
    const { ctx, stderr } = fakeMachine({ size });
    reportError(ctx, refusal(`no step '${hostile}'\nsecond line`, { hint: `one of: ${hostile}\nb`, cause: new Error(hostile) }), debug);
    expect(stderr.text()).toContain(`git jci: no step '${tamed}'\nsecond line\nhint: one of: ${tamed}\\nb\n`);
    expect(stderr.text()).not.toMatch(/[\x07\x1b\x9b\u202e]/);
  });

  test('reaches no terminal raw from an error that nobody expected', () => {
    const { ctx, stderr } = fakeMachine({ size });
    reportError(ctx, new Error(hostile), false);
    expect(stderr.text()).toContain(`git jci: ${tamed}\n`);
  });

  test('reaches no terminal raw from talk, which keeps its own colours', () => {
    const { ctx, stderr } = fakeMachine({ size, env: { NO_COLOR: '', FORCE_COLOR: '1' } });
    const ui = createUi(ctx, { json: false });
    ui.say(ui.err.dim(`a ${hostile}`));
    ui.warn(`b ${hostile}`);
    expect(stderr.text()).toBe(`\x1b[2ma ${tamed}\x1b[22m\n\x1b[33mwarning:\x1b[39m b ${tamed}\n`);
  });

  test('brings no colour where there is none', () => {
    const { ctx, stderr } = fakeMachine({ size });
    createUi(ctx, { json: false }).say('\x1b[31mred');
    expect(stderr.text()).toBe('\\x1b[31mred\n');
  });
});

test('every colour of ours gets through, and of anything else no control character but a line break', () => {
  const { ctx } = fakeMachine({ size, env: { NO_COLOR: '', FORCE_COLOR: '1' } });
  const { bold, dim, green, red, yellow, blue, cyan, gray } = createUi(ctx, { json: false }).err;
  const colors = [bold, dim, green, red, yellow, blue, cyan, gray];
  fc.assert(
    fc.property(fc.constantFrom(...colors), fc.string({ minLength: 1, unit: fc.constantFrom('a', '\x1b', '[', '8', 'm', ']', '\x07', '\r', '\u202e') }), (paint, text) => {
      const { ctx: other, stderr } = fakeMachine({ size, env: { NO_COLOR: '', FORCE_COLOR: '1' } });
      createUi(other, { json: false }).say(paint(text));
      const [before = '', after = ''] = paint('|').split('|');
      const shown = stderr.text();
      expect([shown.startsWith(before), shown.endsWith(`${after}\n`)]).toEqual([true, true]);
      expect(shown.slice(before.length, shown.length - after.length - 1)).not.toMatch(/[\x07\x1b\r\u202e]/);
    }),
  );
});
