import { coloredReader, type ColoredSpan } from '../output/colored-text.ts';
import { escapeHtml } from './html.ts';

/**
 * Turns terminal output into HTML: colours become spans of the classes in `ansiStyle`, every other escape sequence goes,
 * and of a line that was written over (`\r`) only the last state stays.
 *
 * A class or a colour never holds anything but what was computed from numbers.
 */
export function ansiToHtml(text: string): string {
  const settled = text.includes('\r') ? text.split('\n').map(lastState).join('\n') : text;
  if (!settled.includes('\x1b') && !settled.includes('\x9b')) return escapeHtml(settled);
  return coloredReader()(settled).map(toHtml).join('');
}

/** What a terminal would show in the end, near enough: a progress bar's last state. */
function lastState(line: string): string {
  const whole = line.replace(/\r+$/, '');
  return whole.slice(whole.lastIndexOf('\r') + 1);
}

function toHtml({ text, classes, color, background }: ColoredSpan): string {
  const css = [color === undefined ? '' : `color:${color}`, background === undefined ? '' : `background:${background}`].filter(Boolean).join(';');
  if (classes === '' && css === '') return escapeHtml(text);
  return `<span${classes === '' ? '' : ` class="${classes}"`}${css === '' ? '' : ` style="${css}"`}>${escapeHtml(text)}</span>`;
}
