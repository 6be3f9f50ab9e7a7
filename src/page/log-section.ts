import { formatSize } from '../base/byte-size.ts';
import { ansiToHtml } from './ansi-html.ts';
import { heading } from './heading.ts';

/**
 * The end of the log.
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
  return `${heading('Log', aside)}${whole ? '' : link}<pre>\n${ansiToHtml(text.trimEnd())}</pre>\n${whole ? link : ''}`;
}

/** The tail begins anywhere, perhaps inside a character. */
function fromLineStart(tail: string): string {
  const end = tail.indexOf('\n');
  return end < 0 ? tail.replace(/^\ufffd+/, '') : tail.slice(end + 1);
}
