import { fatalError } from '../base/errors.ts';

/**
 * Refuses a script that bash would misread half-way through.
 * @throws JciError (128)
 */
export function checkScript(script: Buffer): void {
  const firstLine = script.subarray(0, script.indexOf(10) + 1);
  if (firstLine.at(-2) === 13) {
    throw fatalError('.jci/run.sh has Windows line endings (CRLF), which bash takes for part of every command', {
      hint: "convert it with: sed -i 's/\\r$//' .jci/run.sh, and keep it so with a .gitattributes line: *.sh text eol=lf",
    });
  }
}
