import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bashCompletion } from '../../src/cli/completion/bash.ts';
import { completionModel } from '../../src/cli/completion/model.ts';
import { loadAllCommands } from '../../src/cli/table.ts';
import { hookText } from '../../src/hooks/texts.ts';
import { hookNames } from '../../src/hooks/names.ts';
import { detect } from '../../src/init/detect.ts';
import { formatScript } from '../../src/init/script.ts';
import { projectRoot } from '../helpers/test-environment.ts';
import { examples, projectOf } from '../unit/init/projects.ts';

/*
 * macOS has bash 3.2, and shellcheck knows of no version. A list of words is no proof, but it stops what is written from habit.
 */

/** What came later, or works otherwise there: a pattern, and a line that it has to find. */
const laterThan32: readonly [RegExp, string][] = [
  [/\b(?:declare|local|typeset)\s+-\w*[Agnluc]/, 'declare -A map'],
  [/\$\{\w+(?:\[[^\]]*\])?(?:,|\^)/, 'echo "${name,,}"'],
  [/\$\{[\w*@]+(?:\[[^\]]*\])?@\w\}/, 'echo "${name@Q}"'],
  [/\$\{\w+:[^}]*:\s*-/, 'echo "${name:0:-1}"'],
  [/\[\s*-\d+\]/, 'echo "${list[-1]}"'],
  [/\b(?:mapfile|readarray|coproc)\b/, 'mapfile -t lines < file'],
  [/\bwait\s+-\w*[nfp]/, 'wait -n'],
  [/&>>|\|&/, 'make &>> log'],
  [/;;?&/, 'a) one ;;&'],
  [/\bexec\s+\{\w+\}/, 'exec {fd}< file'],
  [/(?:\[\[?|\btest)\s+-[vR]\s/, '[[ -v name ]]'],
  [/\bread\s+(?:-\w+\s+)*-\w*[iN]/, 'read -r -N 1 key'],
  [/\bread\s+[^\n]*-t\s*\d*\.\d/, 'read -t 0.5 line'],
  [/printf\s+[^\n]*%\([^)]*\)T/, "printf '%(%F)T'"],
  [/\bshopt\s+-\w+\s+(?:globstar|lastpipe|inherit_errexit|autocd|direxpand|localvar_inherit)/, 'shopt -s globstar'],
  [/\b(?:BASHPID|EPOCHSECONDS|EPOCHREALTIME|SRANDOM|BASH_ARGV0)\b/, 'echo $EPOCHSECONDS'],
  [/\{\w+\.\.\w+\.\.\w+\}|\{0\d+\.\.\d+\}/, 'echo {1..9..2}'],
  // Under `set -u` an empty array is an unset one; only ${list[@]+"${list[@]}"} is safe.
  [/(?<!\[@\]\+")\$\{\w+\[[@*]\]\}/, 'run "${list[@]}"'],
];

const found = (text: string): string[] => text.split('\n').filter((line) => laterThan32.some(([pattern]) => pattern.test(line)));

test.each(laterThan32)('%s finds what it is for', (pattern, line) => {
  expect(line).toMatch(pattern);
});

describe('what we write works with the bash of macOS', () => {
  test.each(['.jci/run.sh', '.ci/run'])('%s', (path) => {
    expect(found(readFileSync(join(projectRoot, path), 'utf8'))).toEqual([]);
  });

  test.each(Object.entries(examples))('run.sh for a project of the kind %s', (_kind, files) => {
    expect(found(formatScript(detect(projectOf(files))))).toEqual([]);
  });

  test.each(hookNames)('the hook %s', (name) => {
    expect(found(hookText(name, ['/usr/bin/node', '/usr/bin/git-jci']))).toEqual([]);
  });

  test('the completion', async () => {
    expect(found(bashCompletion(completionModel(await loadAllCommands())))).toEqual([]);
  });
});
