import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { createLiveTable } from '../../../../src/cli/render/live-table.ts';
import { fakeMachine } from '../fake-terminal.ts';

const titles = [
  { id: 'a'.repeat(40), title: 'first' },
  { id: 'b'.repeat(40), title: 'second' },
];
const [first, second] = ['a'.repeat(40), 'b'.repeat(40)];

describe('a live table', () => {
  test('into a pipe: one line per row in their order, when it and all before it are over', () => {
    const { ctx, stderr, pass } = fakeMachine();
    const table = createLiveTable(ctx, titles, { show: 'progress' });
    table.start(second);
    pass(1500);
    table.update(second, 'compiling');
    table.finish(second, { symbol: 'failed', text: '', durationMs: 1500, runId: '1763700000-abcd' });
    expect(stderr.text()).toBe('');
    table.finish(first, { symbol: 'skipped', text: 'no .jci/run.sh' });
    const written = stderr.text();
    expect(written).toBe('○ aaaaaaaaaaaa                              first  no .jci/run.sh\n✗ bbbbbbbbbbbb 1763700000-abcd       1.5 s  second\n');
    table.end();
    expect(stderr.text()).toBe(written);
  });

  test('whatever the order in which they end, each line comes as soon as none before it is missing', () => {
    const rows = fc.integer({ min: 1, max: 8 }).map((count) => Array.from({ length: count }, (_, index) => ({ id: String(index).repeat(40), title: `row ${index}` })));
    const cases = rows.chain((all) => fc.record({ all: fc.constant(all), order: fc.shuffledSubarray(all, { minLength: all.length }) }));
    fc.assert(
      fc.property(cases, ({ all, order }) => {
        const { ctx, stderr } = fakeMachine();
        const table = createLiveTable(ctx, all, { show: 'progress' });
        const over = new Set<string>();
        for (const { id } of order) {
          table.finish(id, { symbol: 'passed', text: '' });
          over.add(id);
          const missing = all.findIndex((row) => !over.has(row.id));
          const expected = missing < 0 ? all : all.slice(0, missing);
          expect(stderr.text().match(/row \d/g) ?? []).toEqual(expected.map(({ title }) => title));
        }
      }),
    );
  });

  test('only failures: at the end, in their order; neither what passed nor what was not started', () => {
    const { ctx, stderr } = fakeMachine();
    const more = [...titles, { id: 'c'.repeat(40), title: 'third' }, { id: 'd'.repeat(40), title: 'fourth' }];
    const table = createLiveTable(ctx, more, { show: 'failures' });
    table.start(first);
    table.finish(second, { symbol: 'timeout', text: 'longer than 1 s', durationMs: 1000, runId: '1763700000-abcd' });
    table.finish(first, { symbol: 'skipped', text: 'no .jci/run.sh' });
    table.finish('c'.repeat(40), { symbol: 'passed', text: '' });
    table.finish('d'.repeat(40), { symbol: 'none', text: 'not started' });
    expect(stderr.text()).toBe('');
    table.end();
    expect(stderr.text().match(/first|second|third|fourth/g)).toEqual(['first', 'second']);
  });

  test('silent means silent', () => {
    const { ctx, stderr } = fakeMachine();
    const table = createLiveTable(ctx, titles, { show: 'nothing' });
    table.start(first);
    table.finish(first, { symbol: 'passed', text: '' });
    table.end();
    expect(stderr.text()).toBe('');
  });

  test('on a terminal: drawn in place, and the final rows stay in their order', async () => {
    const { ctx, stderr } = fakeMachine({ size: { columns: 80, rows: 24 } });
    const table = createLiveTable(ctx, titles, { show: 'progress' });
    table.start(first);
    table.update(first, 'compiling');
    table.finish(second, { symbol: 'passed', text: '', durationMs: 20, runId: '1763700000-abcd' });
    await vi.waitFor(() => expect(stderr.text()).toContain('compiling'));
    table.finish(first, { symbol: 'failed', text: '', durationMs: 900 });
    table.end();
    const written = stderr.text();
    expect(written.endsWith('✗ aaaaaaaaaaaa                      900 ms  first\n✓ bbbbbbbbbbbb 1763700000-abcd       20 ms  second\n')).toBe(true);
    // What was drawn was erased before: up and clear, once for each line.
    expect(written.split('\x1b[1A').length).toBeGreaterThan(2);
  });

  test('what comes after the end is ignored', () => {
    const { ctx, stderr } = fakeMachine({ size: { columns: 80, rows: 24 } });
    const table = createLiveTable(ctx, titles, { show: 'progress' });
    table.end();
    const written = stderr.text();
    table.finish(first, { symbol: 'passed', text: '' });
    expect(stderr.text()).toBe(written);
  });
});
