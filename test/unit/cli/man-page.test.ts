import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exitCode } from '../../../src/base/exit-codes.ts';
import { configuration, exitStatus } from '../../../src/cli/man/reference.ts';
import { escapeRoff } from '../../../src/cli/man/roff.ts';
import { manPage } from '../../../src/cli/man-page.ts';
import { loadAllCommands } from '../../../src/cli/table.ts';
import { resolveSettings } from '../../../src/config/settings.ts';
import { sampleGroups } from './sample-commands.ts';

const facts = { version: '1.2.3', date: '2025-11-21' };

describe('escapeRoff', () => {
  test.each([
    ['--if-needed', '\\-\\-if\\-needed'],
    ['a\\b', 'a\\eb'],
    [".sh and 'x'", '\\&.sh and \\(aqx\\(aq'],
    ['"~^`', '\\(dq\\(ti\\(ha\\(ga'],
    ['café ✓', 'caf\\[u00E9] \\[u2713]'],
    ['\u{1f600}', '\\[u1F600]'],
    ['one\n.two', 'one\n\\&.two'],
  ])('%j', (text, roff) => {
    expect(escapeRoff(text)).toBe(roff);
  });

  test('no line of any text can become a request', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const line of escapeRoff(text).split('\n')) expect(line).not.toMatch(/^[.']/);
      }),
    );
  });
});

describe('the manual', () => {
  const page = manPage(sampleGroups, facts);

  test('is dated and named by what it is given', () => {
    expect(page.split('\n')[0]).toBe('.TH "GIT\\-JCI" "1" "2025-11-21" "git\\-jci 1.2.3" "Git Manual"');
  });

  test('has every command, subcommand and option that people call', () => {
    for (const part of ['.SS "Run"', '.B "git jci run [options] [revision]"', '.B "git jci hook install [hook...]"', '.B "\\-j, \\-\\-jobs <count>"', '.B "\\-\\-json"']) {
      expect(page).toContain(`${part}\n`);
    }
    expect(page).not.toContain('secret');
    expect(page).not.toContain('__complete');
  });

  test('tells every exit code', () => {
    const told = exitStatus.flatMap(([codes]) => codes.split(', ').map(Number));
    expect(told).toEqual(Object.values(exitCode).sort((a, b) => a - b));
  });

  test('tells of no configuration key that does not exist', () => {
    const values: Record<string, string> = { 'jci.clean': 'true', 'jci.keep': '1' };
    for (const [key] of configuration) {
      const { warnings } = resolveSettings(new Map(), new Map([[key, [values[key] ?? '1s']]]));
      expect(warnings.filter((warning) => warning.includes('no such key'))).toEqual([]);
    }
  });

  test('the page of the real commands is read without a warning', async () => {
    const text = manPage(await loadAllCommands(), facts);
    expect(text).toMatch(/^[\n\x20-\x7e]*$/);
    // Requests that must come in pairs.
    const count = (request: string): number => text.split('\n').filter((line) => line === request).length;
    expect([count('.nf'), count('.RS')]).toEqual([count('.fi'), count('.RE')]);
    expect(warningsOf(text)).toBe('');
  });
});

/** What groff has to say about a page; nothing where it is not installed. */
function warningsOf(page: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'git-jci-test-'));
  try {
    writeFileSync(join(folder, 'git-jci.1'), page);
    const { error, stderr } = spawnSync('groff', ['-man', '-ww', '-z', join(folder, 'git-jci.1')], { encoding: 'utf8' });
    return error === undefined ? stderr : '';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
