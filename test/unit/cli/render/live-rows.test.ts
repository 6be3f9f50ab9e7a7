import { colorsIf } from '../../../../src/cli/render/colors.ts';
import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../../../src/cli/render/any-fit.ts';
import { finalLine, frame, type LiveRow, type RowLook } from '../../../../src/cli/render/live-rows.ts';

const look: RowLook = { ctx: { env: { LANG: 'C.UTF-8' }, platform: 'linux' }, colors: colorsIf(false) };

const row = (index: number, more: Partial<LiveRow> = {}): LiveRow => ({ id: String(index).padStart(40, '0'), title: `commit ${index}`, state: 'waiting', text: '', ...more });

const running = row(1, { state: 'running', startedMs: 1000, text: 'compiling' });
const passed = row(2, { state: 'over', end: { symbol: 'passed', text: '', durationMs: 4200 } });
const skipped = row(3, { state: 'over', end: { symbol: 'skipped', text: 'no .jci/run.sh' } });

describe('frame', () => {
  test('shows state, time, title and the last line of output', () => {
    expect(frame([running, passed, skipped, row(4)], look, { columns: 80, rows: 24 }, 3500)).toEqual([
      '● 000000000000       2.5 s  commit 1               compiling',
      '✓ 000000000000       4.2 s  commit 2',
      '○ 000000000000              commit 3               no .jci/run.sh',
      '· 000000000000              commit 4',
    ]);
  });

  test('no line reaches the edge of a narrow terminal', () => {
    const wide = row(1, { ...running, title: '日本語の長い題名がここに立つ', text: 'x'.repeat(200) });
    for (const columns of [20, 30, 50, 80]) {
      for (const line of frame([wide, passed], look, { columns, rows: 24 }, 0)) expect(displayWidth(line)).toBeLessThan(columns);
    }
  });

  test('with more rows than lines: what runs, what ended last, what comes next, and a count of all', () => {
    const rows = [...Array.from({ length: 10 }, (_, index) => row(index, { ...passed, title: `over ${index}` })), running, ...Array.from({ length: 10 }, (_, index) => row(index))];
    const lines = frame(rows, look, { columns: 80, rows: 6 }, 1000);
    expect(lines).toHaveLength(5);
    expect(lines.slice(0, 4).map((line) => line.slice(28, 36).trim())).toEqual(['over 7', 'over 8', 'over 9', 'commit 1']);
    expect(lines[4]).toBe('of 21: 10 passed, 1 running, 10 waiting');
  });

  test('what was left out is counted for itself', () => {
    const leftOut = row(5, { state: 'over', end: { symbol: 'none', text: 'not started' } });
    expect(frame([passed, skipped, leftOut, running], look, { columns: 80, rows: 3 }, 1000).at(-1)).toBe('of 4: 1 passed, 1 not passed, 1 running, 1 not started');
  });

  test('what others wrote cannot move the cursor', () => {
    const [line = ''] = frame([row(1, { ...running, title: 'evil\x1b[2Jtitle\r', text: '\x1b[31mred\x1b[0m\tand\x07' })], look, { columns: 100, rows: 24 }, 1000);
    expect(line).toContain('eviltitle');
    expect(line).toContain('red and\\x07');
    expect(line).not.toMatch(/[\x00-\x1f]/);
  });
});

test('the line that stays is not cut when nobody looks at it', () => {
  const title = 'a subject '.repeat(30).trim();
  const end = { symbol: 'passed', text: '', durationMs: 4200, runId: '1763700000-abcd' } as const;
  expect(finalLine({ ...passed, title, end }, look, Number.POSITIVE_INFINITY)).toBe(`✓ 000000000000 1763700000-abcd       4.2 s  ${title}`);
});
