/*
 * What a terminal takes for a command, as sources of regular expressions. No sequence reaches over a line feed: one that
 * is never finished must not hide the lines behind it.
 */
const csi = '\\x1b\\[[0-?]*[ -/]*[@-~]';
const osc = '\\x1b[\\]PX^_][^\\x07\\x1b\\n]*(?:\\x07|\\x1b\\\\)?';
const other = '\\x1b[ -/]*[0-~]?';

/** Any escape sequence. */
export const escapeSequence = [csi, osc, other].join('|');

/** One that switches a colour or a weight (SGR). */
export const colorSequence = '\\x1b\\[[\\d;:]*m';

/** The beginning of one, at the end of a text. */
export const unfinishedSequence = new RegExp('\\x1b(?:\\[[0-?]*[ -/]*|[\\]PX^_][^\\x07\\x1b\\n]*|[ -/]*)?$');

/** A sequence that is not finished is waited for at the end of a chunk, but no longer than this: then it goes as it is. */
export const maxSequence = 1024;
