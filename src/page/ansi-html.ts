import { stripVTControlCharacters } from 'node:util';
import { escapeHtml } from './html.ts';

/** How text looks from here on. Colours are 0 to 15 of the palette, or `#rrggbb`. */
interface Style {
  foreground?: number | string | undefined;
  background?: number | string | undefined;
  bold?: boolean;
  dim?: boolean;
  italic?: boolean;
  underline?: boolean;
}

 
const graphics = /\x1b\[([\d;:]*)m/g;

/**
 * Turns terminal output into HTML: colours become spans of the classes in `ansiStyle`, every other escape sequence goes,
 * and of a line that was written over (`\r`) only the last state stays.
 *
 * A class or a colour never holds anything but digits that were computed here.
 */
export function ansiToHtml(text: string): string {
  const settled = text.includes('\r') ? text.split('\n').map(lastState).join('\n') : text;
  if (!settled.includes('\x1b') && !settled.includes('\x9b')) return escapeHtml(settled);
  let html = '';
  let style: Style = {};
  let at = 0;
  for (const match of settled.matchAll(graphics)) {
    html += span(settled.slice(at, match.index), style);
    style = applyGraphics(style, match[1] ?? '');
    at = match.index + match[0].length;
  }
  return html + span(settled.slice(at), style);
}

/** What a terminal would show in the end, near enough: a progress bar's last state. */
function lastState(line: string): string {
  const whole = line.replace(/\r+$/, '');
  return whole.slice(whole.lastIndexOf('\r') + 1);
}

function span(raw: string, style: Style): string {
  const text = escapeHtml(stripVTControlCharacters(raw));
  if (text === '') return '';
  const { foreground, background } = style;
  const classes = [
    typeof foreground === 'number' ? `f${foreground}` : '',
    typeof background === 'number' ? `k${background}` : '',
    style.bold === true ? 'bo' : '',
    style.dim === true ? 'di' : '',
    style.italic === true ? 'it' : '',
    style.underline === true ? 'un' : '',
  ].filter(Boolean);
  const css = [
    typeof foreground === 'string' ? `color:${foreground}` : '',
    typeof background === 'string' ? `background:${background}` : '',
  ].filter(Boolean);
  if (classes.length === 0 && css.length === 0) return text;
  const classAttribute = classes.length === 0 ? '' : ` class="${classes.join(' ')}"`;
  return `<span${classAttribute}${css.length === 0 ? '' : ` style="${css.join(';')}"`}>${text}</span>`;
}

function applyGraphics(before: Style, parameters: string): Style {
  const codes = parameters.split(/[;:]/).map(Number);
  let style = { ...before };
  for (let index = 0; index < codes.length; index += 1) {
    const code = codes[index] ?? 0;
    if (code === 38 || code === 48) {
      const { color, used } = extendedColor(codes.slice(index + 1));
      style = { ...style, [code === 38 ? 'foreground' : 'background']: color };
      index += used;
    } else {
      style = code === 0 ? {} : { ...style, ...change(code) };
    }
  }
  return style;
}

function change(code: number): Style {
  if (code >= 30 && code <= 37) return { foreground: code - 30 };
  if (code >= 90 && code <= 97) return { foreground: code - 90 + 8 };
  if (code >= 40 && code <= 47) return { background: code - 40 };
  if (code >= 100 && code <= 107) return { background: code - 100 + 8 };
  return changes[code] ?? {};
}

const changes: Record<number, Style> = {
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  22: { bold: false, dim: false },
  23: { italic: false },
  24: { underline: false },
  39: { foreground: undefined },
  49: { background: undefined },
};

/** `5;n` is one of 256 colours, `2;r;g;b` any colour. */
function extendedColor([kind, a = 0, b = 0, c = 0]: readonly number[]): { color: number | string | undefined; used: number } {
  if (kind === 5) return { color: indexedColor(a), used: 2 };
  if (kind === 2) return { color: hex(a, b, c), used: 4 };
  return { color: undefined, used: 1 };
}

/** 16 of the palette, a cube of 6 x 6 x 6, and 24 greys. */
function indexedColor(index: number): number | string | undefined {
  if (!(index >= 0 && index <= 255)) return undefined;
  if (index < 16) return index;
  const grey = 8 + (index - 232) * 10;
  if (index >= 232) return hex(grey, grey, grey);
  const level = (step: number): number => (step === 0 ? 0 : 55 + step * 40);
  const cube = index - 16;
  return hex(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6));
}

const hex = (...channels: readonly [number, number, number]): string =>
  `#${channels.map((value) => (value & 255).toString(16).padStart(2, '0')).join('')}`;
