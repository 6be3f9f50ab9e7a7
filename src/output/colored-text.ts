import { createAnsiSequenceParser, namedColors, type Color, type ParseToken } from 'ansi-sequence-parser';
import { escapeSequence } from './escape-sequences.ts';

/** Text that looks the same from its first character to its last. */
export interface ColoredSpan {
  text: string;
  /**
   * Names of classes, a space between them; empty for plain text. `f0` to `f15` and `k0` to `k15` are text and ground in a
   * colour of the palette, `fi` and `ki` those of inverted text without a colour; `bo`, `di`, `it`, `un`, `st` speak for themselves.
   */
  classes: string;
  /** `#rrggbb`, computed here from numbers, for colours beyond the palette. */
  color?: string;
  background?: string;
}

/** Reads text piece by piece, usually line by line: what is switched on in one is still on in the next. */
export type ColoredReader = (text: string) => ColoredSpan[];

/**
 * A reader of text with colours. Escape sequences other than colours are left out.
 * @param state sequences that are in force where the text begins.
 */
export function coloredReader(state = ''): ColoredReader {
  const parser = createAnsiSequenceParser();
  parser.parse(onlyColors(state));
  return (text) => parser.parse(onlyColors(text)).map(toSpan);
}

/** The sequences that put a reader into the state in which `text` leaves it, when it began in `state`. Never grows beyond a few bytes. */
export function stateAfter(state: string, text: string): string {
  if (!text.includes('\x1b')) return state;
  const parser = createAnsiSequenceParser();
  parser.parse(onlyColors(state));
  const last = parser.parse(`${onlyColors(text)}.`).at(-1);
  return last === undefined ? '' : toSequences(last);
}

/** The text alone. */
export const withoutColors = (text: string): string => (hasSequences(text) ? text.replace(sequences, '') : text);

const hasSequences = (text: string): boolean => text.includes('\x1b') || text.includes('\x9b');

const sequences = new RegExp(`\\x1b\\[([\\d;:]*)m|${escapeSequence}|\\x9b[0-?]*[ -/]*[@-~]?`, 'g');

/** The parser takes any `ESC [` for a colour, and knows neither empty parameters nor colons: it gets one plain command at a time. */
const onlyColors = (text: string): string =>
  hasSequences(text) ? text.replace(sequences, (_, parameters?: string) => (parameters === undefined ? '' : commands(parameters))) : text;

function commands(parameters: string): string {
  const fields = parameters.split(';').map(plainField).join(';').split(';').map(Number);
  let text = '';
  while (fields.length > 0) {
    const code = fields.shift() ?? 0;
    const command = code === 38 || code === 48 || code === 58 ? extendedColor(code, fields) : String(synonyms[code] ?? code);
    if (command !== '') text += `\x1b[${command}m`;
  }
  return text;
}

/** What has colons becomes what has semicolons: `4:3` is a kind of underline, `38:2:<space>:r:g:b` a colour. */
function plainField(field: string): string {
  if (!field.includes(':')) return field;
  const parts = field.split(':');
  if (parts[0] === '4') return parts[1] === '0' ? '24' : '4';
  if (parts[1] === '2' && parts.length > 5) parts.splice(2, 1);
  return parts.join(';');
}

/** 21 is a double underline; 6 blinks like 5, and nothing blinks here. */
const synonyms: Readonly<Record<number, number>> = { 21: 4 };

/** `5;n` is one of 256 colours, `2;r;g;b` any colour; 58 would be that of an underline. */
function extendedColor(code: number, rest: number[]): string {
  const kind = rest.shift();
  if (kind !== 5 && kind !== 2) return '';
  const values = rest.splice(0, kind === 5 ? 1 : 3).map((value) => value & 255);
  if (code === 58 || values.length < (kind === 5 ? 1 : 3)) return '';
  const [index = 0] = values;
  return [code, ...(kind === 5 && index > 15 ? [2, ...fixedColor(index)] : [kind, ...values])].join(';');
}

/** Of the 256 colours those that no theme changes: a cube of 6 by 6 by 6, and 24 greys, as in xterm. */
function fixedColor(index: number): number[] {
  if (index > 231) return Array<number>(3).fill(10 * index - 2312);
  const cube = index - 16;
  return [cube / 36, (cube / 6) % 6, cube % 6].map(Math.floor).map((level) => (level === 0 ? 0 : 40 * level + 55));
}

function toSpan({ value, foreground, background, decorations }: ParseToken): ColoredSpan {
  const inverse = decorations.has('reverse');
  const text = look(inverse ? background : foreground, inverse);
  const ground = look(inverse ? foreground : background, inverse);
  const classes = [
    ...(typeof text === 'string' && !text.startsWith('#') ? [`f${text}`] : []),
    ...(typeof ground === 'string' && !ground.startsWith('#') ? [`k${ground}`] : []),
    ...weights.filter(([name]) => decorations.has(name)).map(([, short]) => short),
  ].join(' ');
  return {
    text: value,
    classes,
    ...(text?.startsWith('#') === true ? { color: text } : {}),
    ...(ground?.startsWith('#') === true ? { background: ground } : {}),
  };
}

const weights = [
  ['bold', 'bo'],
  ['dim', 'di'],
  ['italic', 'it'],
  ['underline', 'un'],
  ['strikethrough', 'st'],
] as const;

/** A number of the palette, `#rrggbb`, or `i` for the other one of ink and paper. */
function look(color: Color | null, inverse: boolean): string | undefined {
  if (color === null) return inverse ? 'i' : undefined;
  return color.type === 'rgb' ? `#${color.rgb.map((part) => part.toString(16).padStart(2, '0')).join('')}` : String(paletteIndex(color));
}

const paletteIndex = (color: Exclude<Color, { type: 'rgb' }>): number => (color.type === 'named' ? namedColors.indexOf(color.name) : color.index);

function toSequences({ foreground, background, decorations }: ParseToken): string {
  const codes = [
    ...[...decorations].map((name) => String(decorationCodes[name] ?? '')),
    ...(foreground === null ? [] : [`38;${colorCodes(foreground)}`]),
    ...(background === null ? [] : [`48;${colorCodes(background)}`]),
  ].filter(Boolean);
  return codes.length === 0 ? '' : `\x1b[${codes.join(';')}m`;
}

const decorationCodes: Readonly<Record<string, number>> = { bold: 1, dim: 2, italic: 3, underline: 4, reverse: 7, strikethrough: 9 };

const colorCodes = (color: Color): string => (color.type === 'rgb' ? `2;${color.rgb.join(';')}` : `5;${paletteIndex(color)}`);
