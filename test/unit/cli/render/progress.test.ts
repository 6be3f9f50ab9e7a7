import { expect, test } from 'vitest';
import { displayWidth } from '../../../../src/cli/render/any-fit.ts';
import { createProgress } from '../../../../src/cli/render/progress.ts';
import { fakeMachine } from '../fake-terminal.ts';

const size = { columns: 80, rows: 24 };
const options = { label: 'restoring', total: 4 * 1024 * 1024, unit: 'bytes' };

test('into a pipe nothing is written', () => {
  const { ctx, stderr, pass } = fakeMachine();
  const progress = createProgress(ctx, options);
  pass(10_000);
  progress.update(1);
  progress.end();
  expect(stderr.text()).toBe('');
});

test('short work shows nothing', () => {
  const { ctx, stderr, pass } = fakeMachine({ size });
  const progress = createProgress(ctx, options);
  pass(200);
  progress.update(1024);
  progress.end();
  expect(stderr.text()).toBe('');
});

test('long work shows how far it is, and is erased at the end', () => {
  const { ctx, stderr, pass } = fakeMachine({ size });
  const progress = createProgress(ctx, options);
  pass(300);
  progress.update(1024 * 1024);
  expect(stderr.text()).toBe(`\r\x1b[Krestoring:  25%  1.0 MiB of 4.0 MiB  ${'━'.repeat(6)}${'─'.repeat(18)}`);
  progress.end();
  expect(stderr.text().endsWith('\r\x1b[K')).toBe(true);
});

test('is drawn at most ten times a second', () => {
  const { ctx, stderr, pass } = fakeMachine({ size });
  const progress = createProgress(ctx, { label: 'receiving', unit: 'objects' });
  for (let done = 0; done < 2000; done += 1) {
    pass(1);
    progress.update(done);
  }
  const drawn = stderr.text().split('\r\x1b[K').slice(1);
  expect(drawn).toHaveLength(18);
  expect(drawn[0]).toBe('receiving: 299 objects');
});

test('stays on one line of a narrow terminal, and plain where there is no UTF-8', () => {
  const { ctx, stderr, pass } = fakeMachine({ size: { columns: 20, rows: 5 }, env: { LANG: 'C' } });
  const progress = createProgress(ctx, options);
  pass(1000);
  progress.update(1);
  const [, line = ''] = stderr.text().split('\x1b[K');
  expect(displayWidth(line)).toBeLessThan(20);
  expect(line).toMatch(/^[\x20-\x7e]+>$/);
});
