import { signal } from '@preact/signals';
import { recall, remember } from './storage.ts';

const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

const key = 'jci-theme';

/** What the reader chose; `system` follows the system. */
export const theme = signal<Theme>(themes.find((name) => name === recall(key)) ?? 'system');

/** Has the style know of the theme. */
export function applyTheme(): void {
  document.documentElement.dataset['theme'] = theme.value;
}

/** Goes on to the next theme, and remembers it. */
export function nextTheme(): void {
  theme.value = themes[(themes.indexOf(theme.value) + 1) % themes.length] ?? 'system';
  applyTheme();
  remember(key, theme.value);
}
