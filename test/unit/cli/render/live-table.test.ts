import { describe, expect, test, vi } from 'vitest';
import { createLiveTable } from '../../../../src/cli/render/live-table.ts';
import { fakeMachine } from '../fake-terminal.ts';

const titles = [
  { id: 'a'.repeat(40), title: 'first' },
  { id: 'b'.repeat(40), title: 'second' },
];
const [first, second] = ['a'.repeat(40), 'b'.repeat(40)];

describe('a live table', () => {
  test('into a pipe: one line per row, when it is over', () => {
    const { ctx, stderr, pass } = fakeMachine();
    const table = createLiveTable(ctx, titles, { silent: false });
    table.start(second);
    pass(1500);
    table.update(second, 'compiling');
    expect(stderr.text()).toBe('');
    table.finish(second, { symbol: 'failed', text: '', durationMs: 1500 });
    table.finish(first, { symbol: 'skipped', text: 'no .jci/run.sh' });
    table.end();
    expect(stderr.text()).toBe('✗ bbbbbbbbbbbb       1.5 s  second\n○ aaaaaaaaaaaa              first  no .jci/run.sh\n');
  });

  test('silent means silent', () => {
    const { ctx, stderr } = fakeMachine();
    const table = createLiveTable(ctx, titles, { silent: true });
    table.start(first);
    table.finish(first, { symbol: 'passed', text: '' });
    table.end();
    expect(stderr.text()).toBe('');
  });

  test('on a terminal: drawn in place, and the final rows stay in their order', async () => {
    const { ctx, stderr } = fakeMachine({ size: { columns: 80, rows: 24 } });
    const table = createLiveTable(ctx, titles, { silent: false });
    table.start(first);
    table.update(first, 'compiling');
    table.finish(second, { symbol: 'passed', text: '', durationMs: 20 });
    await vi.waitFor(() => expect(stderr.text()).toContain('compiling'));
    table.finish(first, { symbol: 'failed', text: '', durationMs: 900 });
    table.end();
    const written = stderr.text();
    expect(written.endsWith('✗ aaaaaaaaaaaa      900 ms  first\n✓ bbbbbbbbbbbb       20 ms  second\n')).toBe(true);
    // What was drawn was erased before: up and clear, once for each line.
    expect(written.split('\x1b[1A').length).toBeGreaterThan(2);
  });

  test('what comes after the end is ignored', () => {
    const { ctx, stderr } = fakeMachine({ size: { columns: 80, rows: 24 } });
    const table = createLiveTable(ctx, titles, { silent: false });
    table.end();
    const written = stderr.text();
    table.finish(first, { symbol: 'passed', text: '' });
    expect(stderr.text()).toBe(written);
  });
});
