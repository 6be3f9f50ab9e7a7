import { signal } from '@preact/signals';

const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

const key = 'jci-theme';

/** What the reader chose; `system` follows the system. */
export const theme = signal<Theme>(remembered());

/** Has the style know of the theme. */
export function applyTheme(): void {
  document.documentElement.dataset['theme'] = theme.value;
}

/** Goes on to the next theme, and remembers it. */
export function nextTheme(): void {
  theme.value = themes[(themes.indexOf(theme.value) + 1) % themes.length] ?? 'system';
  applyTheme();
  try {
    localStorage.setItem(key, theme.value);
  } catch {
    // Without storage it holds until the page is closed.
  }
}

function remembered(): Theme {
  try {
    const stored = localStorage.getItem(key);
    return themes.find((name) => name === stored) ?? 'system';
  } catch {
    // Storage may be forbidden.
    return 'system';
  }
}
