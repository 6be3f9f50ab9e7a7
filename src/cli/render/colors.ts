import { createColors as createColorette } from 'colorette';
import type { Env } from '../../base/context.ts';
import type { OutputStream } from '../../base/output-stream.ts';

/** Functions that colour a text, or leave it as it is. */
export type Colors = ReturnType<typeof createColorette> & { readonly areShown: boolean };

/** Colours where a person looks, by the usual rules: NO_COLOR, FORCE_COLOR, `TERM=dumb`, not when piped. */
export const createColors = (stream: OutputStream, env: Env): Colors => colorsIf(wantsColor(stream, env));

/** All colours, or none. */
export const colorsIf = (areShown: boolean): Colors => ({ ...createColorette({ useColor: areShown }), areShown });

function wantsColor(stream: OutputStream, env: Env): boolean {
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0';
  return stream.isTTY && env['TERM'] !== 'dumb';
}
