import { formatSize } from '../base/byte-size.ts';
import { readableText, type CommandLook } from '../output/readable-command.ts';
import { ansiToHtml } from './ansi-html.ts';
import { heading } from './heading.ts';

/**
 * The end of the log, with its commands in words.
 * @param tail its last part, decoded.
 * @param logBytes the size of the whole log.
 */
export function logSection(tail: string, logBytes: number): string {
  const tailBytes = Buffer.byteLength(tail);
  const whole = tailBytes >= logBytes;
  const text = whole ? tail : fromLineStart(tail);
  const aside = whole ? formatSize(logBytes) : `the last ${formatSize(Buffer.byteLength(text))} of ${formatSize(logBytes)}`;
  const link = '<p><a href="./run.output.txt">run.output.txt</a> <span class="soft">is the whole of it.</span></p>\n';
  // HTML drops one line feed right after <pre>.
  return `${heading('Log', aside)}${whole ? '' : link}<pre>\n${ansiToHtml(readableText(text.trimEnd(), look))}</pre>\n${whole ? link : ''}`;
}

const sgr = (on: number, off: number) => (text: string): string => `\x1b[${on}m${text}\x1b[${off}m`;

/** As on a terminal: colours of the log become HTML anyway. */
const look: CommandLook = {
  colors: { bold: sgr(1, 22), dim: sgr(2, 22), red: sgr(31, 39), green: sgr(32, 39), yellow: sgr(33, 39), blue: sgr(34, 39), cyan: sgr(36, 39) },
  unicode: true,
};

/** The tail begins anywhere, perhaps inside a character. */
function fromLineStart(tail: string): string {
  const end = tail.indexOf('\n');
  return end < 0 ? tail.replace(/^\ufffd+/, '') : tail.slice(end + 1);
}
