import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fishCompletion } from '../../../../src/cli/completion/fish.ts';
import { completionModel } from '../../../../src/cli/completion/model.ts';
import { zshCompletion } from '../../../../src/cli/completion/zsh.ts';
import { loadAllCommands } from '../../../../src/cli/table.ts';
import { sampleGroups } from '../sample-commands.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'git-jci-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a shell says about a script without running it; `undefined` where that shell is not installed. */
function complaints(shell: string, script: string): string | undefined {
  const file = join(folder, `completion.${shell}`);
  writeFileSync(file, script);
  const { error, stderr, status } = spawnSync(shell, ['-n', file], { encoding: 'utf8' });
  return error === undefined ? `${status ?? 'killed'}: ${stderr}` : undefined;
}

/** The quotes of a script that have no partner: what can be checked without the shell itself. */
function unpaired(script: string, escape: RegExp): string {
  const bare = script.replace(/^\s*#.*$/gm, '').replace(escape, '').replace(/'[^']*'/g, '').replace(/"[^"]*"/g, '');
  return bare.replace(/[^'"]/g, '');
}

describe('zsh', () => {
  const script = zshCompletion(completionModel(sampleGroups));

  test('can be autoloaded, sourced, and called by the completion of git', () => {
    expect(script.startsWith('#compdef git-jci\n#description ')).toBe(true);
    expect(script).toContain('_git-jci ()\n');
    expect(script).toMatch(/compdef _git-jci git-jci\nfi\n$/);
  });

  test('has a function for every command and subcommand that people call', () => {
    const functions = [...script.matchAll(/^(_git-jci\S*) \(\)$/gm)].map(([, name]) => name);
    expect(functions).toEqual(['_git-jci', '_git-jci-run', '_git-jci-cat', '_git-jci-log', '_git-jci-hook', '_git-jci-hook-install', '_git-jci-hook-ls', '_git-jci-help', '_git-jci-values']);
  });

  test('options exclude their other spelling, or may be repeated, and know their values', () => {
    expect(script).toContain("'(-s --status)-s+[only these]:status:(ok err running)'");
    expect(script).toContain("'(-s --status)--status=[only these]:status:(ok err running)'");
    expect(script).toContain("'*--env=[NAME=value]:setting: '");
    expect(script).toContain("'--push=[push afterwards]::remote: _git-jci-values remote'");
    expect(script).toContain("'--output=[where to]:file:_files'");
    expect(script).toContain("'*:hook:(post-commit pre-push)'");
    // Two colons would offer paths in the place of the run.
    expect(script).toContain("':run: _git-jci-values run' \\\n\t\t':path: _git-jci-values artefact'");
  });

  test('descriptions are quoted for the shell and for _describe', () => {
    expect(script).toContain(`'run:run a commit, its script'\\''s way: [all]'`);
  });

  test('is a script, also with the real commands', async () => {
    for (const text of [script, zshCompletion(completionModel(await loadAllCommands()))]) {
      expect(unpaired(text, /\\./g)).toBe('');
      expect([undefined, '0: ']).toContain(complaints('zsh', text));
    }
  });
});

describe('fish', () => {
  const script = fishCompletion(completionModel(sampleGroups));

  test('completes both ways to call it', () => {
    expect(script).toContain('for program in git git-jci\n');
  });

  test('commands, options and arguments count only behind their command', () => {
    for (const line of [
      `complete -c $program -n '__git_jci_at \\'\\'' -a cat -d 'print one file'`,
      `complete -c $program -n '__git_jci_at \\'run\\'' -s s -l status -r -f -a 'ok err running' -d 'only these'`,
      `complete -c $program -n '__git_jci_at \\'run\\'' -l output -r -F -d 'where to'`,
      `complete -c $program -n '__git_jci_at \\'hook\\'' -a install -d 'write them'`,
      `complete -c $program -n '__git_jci_at \\'hook install\\' 0 more' -f -a 'post-commit pre-push'`,
      `complete -c $program -n '__git_jci_behind_dashes \\'log\\'' -F`,
    ]) {
      expect(script).toContain(`    ${line}\n`);
    }
    expect(script).not.toContain('secret');
    expect(script).not.toMatch(/-a __complete/);
  });

  test('knows which options take a word, so that it is not counted as an argument', () => {
    expect(script).toMatch(/^set -g __git_jci_valued .*'run -j' 'run --jobs'/m);
    expect(script).not.toMatch(/^set -g __git_jci_valued .*--clean/m);
  });

  test('is a script, also with the real commands', async () => {
    for (const text of [script, fishCompletion(completionModel(await loadAllCommands()))]) {
      expect(unpaired(text, /\\./g)).toBe('');
      expect([undefined, '0: ']).toContain(complaints('fish', text));
    }
  });
});
