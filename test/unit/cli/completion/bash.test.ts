import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bashCompletion } from '../../../../src/cli/completion/bash.ts';
import { completionModel } from '../../../../src/cli/completion/model.ts';
import { sampleGroups } from '../sample-commands.ts';

/** Git's own completion, where systems keep it. */
const gitCompletion = [
  '/usr/share/bash-completion/completions/git',
  '/usr/local/etc/bash_completion.d/git-completion.bash',
  '/opt/homebrew/etc/bash_completion.d/git-completion.bash',
  '/Library/Developer/CommandLineTools/usr/share/git-core/git-completion.bash',
].find(existsSync);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'git-jci-test-'));
  writeFileSync(join(folder, 'completion.bash'), bashCompletion(completionModel(sampleGroups)));
  // What `git jci __complete` would know of a repository.
  const fake = `#!/bin/sh
case "$2" in
run) printf '1700000002-bbbb\\tnewest\\n1700000001-aaaa\\tolder\\nHEAD\\n' ;;
revision) printf 'HEAD\\nmain\\tbranch\\n$(touch pwned)\\tbranch\\nmain..topic\\n' ;;
artefact) printf '%s\\n' 'folder/	folder' 'it'\\''s $5 "x" \`y\`' "$4=a:b" ;;
step) printf 'build it\\nlint\\n' ;;
remote) printf 'origin\\thttps://example.org\\nupstream\\n' ;;
esac
`;
  writeFileSync(join(folder, 'git-jci'), fake);
  chmodSync(join(folder, 'git-jci'), 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What bash would offer after this line. Words are broken at = and : as readline breaks them. */
function offers(line: string): string[] {
  const words = line.split(' ').flatMap((word) => (word === '' ? [''] : (word.match(/[=:]+|[^=:]+/g) ?? [])));
  const last = line.split(' ').at(-1) ?? '';
  // Behind = or : readline sees the beginning of a new word.
  if (/[=:]$/.test(last)) words.push('');
  const script = `
${gitCompletion === undefined ? '' : `source '${gitCompletion}'`}
source completion.bash
COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:'
COMP_WORDS=("$@") COMP_CWORD=$(( $# - 1 )) COMP_LINE="$*" COMP_POINT=\${#COMP_LINE}
if [[ $1 == git-jci ]]; then
  __git_jci_main
elif declare -F __git_wrap__git_main >/dev/null; then
  __git_wrap__git_main
else
  # Git's completion is not on this machine: called as it would call.
  __git_jci_main_words=$(declare -f __git_jci_main | sed 's/__git_jci_complete 1/_git_jci/')
  eval "$__git_jci_main_words"
  __git_jci_main
fi
printf '%s|' "\${COMPREPLY[@]}"
`;
  const env = { PATH: `${folder}:${process.env['PATH'] ?? ''}`, HOME: folder };
  const output = execFileSync('bash', ['--norc', '--noprofile', '-c', script, 'bash', ...words], { cwd: folder, env, encoding: 'utf8' });
  return output.split('|').filter((word) => word !== '');
}

describe.each(['git jci', 'git-jci'])('bash completes %s', (call) => {
  test.each([
    ['r', ['run ']],
    ['', ['run ', 'cat ', 'log ', 'hook ', 'help ']],
    ['--', ['--help ', '--version ']],
    ['run --', ['--clean ', '--jobs=', '--env=', '--status=', '--push=', '--output=', '--help ']],
    ['run --cl', ['--clean ']],
    ['run --status e', ['err ']],
    ['run -s ', ['ok ', 'err ', 'running ']],
    ['run --status=', ['ok ', 'err ', 'running ']],
    ['run --status=r', ['running ']],
    ['run --push o', ['origin ']],
    ['run --jobs 4 m', ['main ', 'main..topic ']],
    ['run --jobs ', []],
    ['run --output ', []],
    ['cat ', ['1700000002-bbbb ', '1700000001-aaaa ', 'HEAD ']],
    ['cat 17', ['1700000002-bbbb ', '1700000001-aaaa ']],
    ['cat HEAD ', ['folder/', "it\\'s\\ \\$5\\ \\\"x\\\"\\ \\`y\\` ", 'HEAD=a:b ']],
    ["cat 'HEAD' H", ['HEAD=a:b ']],
    ['cat HEAD HEAD=a:', ['b ']],
    ["cat HEAD it\\'", ["it\\'s\\ \\$5\\ \\\"x\\\"\\ \\`y\\` "]],
    ["cat HEAD 'i", [`it'\\''s $5 "x" \`y\``]],
    ['cat HEAD "i', ["it's \\$5 \\\"x\\\" \\`y\\`"]],
    ['cat --step ', ['build\\ it ', 'lint ']],
    ['cat --step build\\', ['build\\ it ']],
    ['cat --step=b', ['build\\ it ']],
    ['cat --step="b', ['build it']],
    ['log HEAD ma', ['main ', 'main..topic ']],
    ['log HEAD -- ', []],
    ['hook ', ['install ', 'ls ']],
    ['hook ls --', ['--json ', '--help ']],
    ['hook install pre', ['pre-push ']],
    ['hook install pre-push p', ['post-commit ', 'pre-push ']],
    ['help ru', ['run ']],
    ['nonsense ', []],
  ])('%s', (rest, expected) => {
    expect(offers(`${call} ${rest}`)).toEqual(expected);
  });

  test('what a branch is called is never run, neither now nor when the line is', () => {
    expect(offers(`${call} log $`)).toEqual(['\\$\\(touch\\ pwned\\) ']);
    expect(existsSync(join(folder, 'pwned'))).toBe(false);
  });
});

test('behind options of git itself', () => {
  expect(offers('git -C . jci hook l')).toEqual(['ls ']);
});

test('is a script that bash can read', () => {
  execFileSync('bash', ['-n', join(folder, 'completion.bash')]);
});
