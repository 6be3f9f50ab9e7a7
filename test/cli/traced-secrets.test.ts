import { expect, test } from 'vitest';
import { withRepo } from '../helpers/repo.ts';

const secrets = { A_TOKEN: "it's secret1", B_TOKEN: 'pa$$wo"rd`x', C_TOKEN: 'p@ss word/x!', KEY_TOKEN: 'line-one\nl-2\tof-key' };

test('secrets that bash traces and quotes are hidden in what is stored, and on the terminal', () =>
  withRepo(
    async (repo) => {
      const { stdout, exitCode } = await repo.at('.', secrets).jci('run');
      expect(exitCode).toBe(0);
      const log = (await repo.jci('cat', 'HEAD', 'run.output.txt')).stdout;
      for (const text of [stdout, log]) {
        expect(text).toContain(
          [
            "+ : '***'",
            '+ [[ none == *** ]]',
            '+ declare -p A_TOKEN B_TOKEN C_TOKEN KEY_TOKEN',
            'declare -x A_TOKEN="***"',
            'declare -x B_TOKEN="***"',
            'declare -x C_TOKEN="***"',
            "declare -x KEY_TOKEN=$'***'",
            "+ printf '%q\\n' '***' '***' '***' '***'",
            '***',
            '***',
            '***',
            "$'***'",
            '+ set +x',
            'q=***&then',
          ].join('\n'),
        );
      }
    },
    {
      script: [
        'set -x; : "$A_TOKEN"; [[ none == "$B_TOKEN" ]]',
        'declare -p A_TOKEN B_TOKEN C_TOKEN KEY_TOKEN',
        String.raw`printf '%q\n' "$A_TOKEN" "$B_TOKEN" "$C_TOKEN" "$KEY_TOKEN"`,
        'set +x',
        // In two parts, since this script is stored too.
        'echo "q=p%40ss""+word%2Fx!&then"',
      ].join('\n'),
    },
  ));
