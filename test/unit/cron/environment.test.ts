import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { forgetEnvironment, recordEnvironment, withRecordedEnvironment } from '../../../src/cron/environment.ts';

const folder = mkdtempSync(join(tmpdir(), 'git-jci-test-'));
const path = join(folder, 'cron', 'environment.json');
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('what is recorded goes over what cron gives, and nothing else is taken along', () => {
  expect(recordEnvironment(path, { PATH: '/opt/bin:/usr/bin', LANG: 'C.UTF-8', API_TOKEN: 'secret', HOME: '/home/ada' })).toBe(true);
  expect(withRecordedEnvironment(path, { PATH: '/usr/bin:/bin', HOME: '/root' })).toEqual({
    PATH: '/opt/bin:/usr/bin',
    LANG: 'C.UTF-8',
    HOME: '/root',
  });
});

test('the same environment is not written again', () => {
  expect([{ PATH: '/a' }, { PATH: '/a', HOME: '/x' }, { PATH: '/b' }].map((env) => recordEnvironment(path, env))).toEqual([true, false, true]);
});

test('without a record it says how to get one', () => {
  forgetEnvironment(path);
  expect(() => withRecordedEnvironment(path, {})).toThrow(expect.objectContaining({ exitCode: 3, hint: 'git jci cron sync' }));
});
