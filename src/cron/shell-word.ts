/**
 * One word of a command for `sh` inside a crontab line, exact for any text without a line break.
 *
 * cron reads the command before the shell does: it takes a bare `%` for a line break, `\%` for `%`, and in Debian `\\` for
 * `\`, where others keep both. So no backslash may stand before another one or before `%`: the quotes are closed and
 * opened again after each.
 */
export function cronShellWord(text: string): string {
  if (/^[\w/.:=@,+-]+$/.test(text)) return text;
  const quoted = text.replaceAll(/['\\]/g, (sign) => (sign === "'" ? `'\\''` : `\\''`));
  return `'${quoted.replaceAll('%', '\\%')}'`;
}

/**
 * Reads the first word of a command that `cronShellWord` wrote.
 * @returns the word and what follows it; `undefined` for text that it cannot have written.
 */
export function readCronShellWord(command: string): { word: string; rest: string } | undefined {
  const [written = ''] = /^(?:[\w/.:=@,+-]|'[^']*'|\\['\\])*/.exec(command) ?? [];
  const rest = command.slice(written.length);
  if (written === '' || !/^(?:\s|$)/.test(rest)) return undefined;
  const word = written.replaceAll('\\%', '%').replaceAll(/'([^']*)'|\\(['\\])/g, (_, quoted?: string, escaped?: string) => quoted ?? escaped ?? '');
  return { word, rest };
}
