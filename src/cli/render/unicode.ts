import type { Context } from '../../base/context.ts';

/**
 * True when the terminal can be expected to show more than ASCII: the locale says UTF-8, by the precedence of setlocale.
 *
 * macOS has no other encoding, and starts programs outside a terminal without any locale.
 */
export function showsUnicode({ env, platform }: Pick<Context, 'env' | 'platform'>): boolean {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => value !== undefined && value !== '');
  return locale === undefined ? platform === 'darwin' : /utf-?8/i.test(locale);
}
