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
