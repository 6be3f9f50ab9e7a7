import picocolors from 'picocolors';
import type { Env } from '../../base/context.ts';
import type { OutputStream } from '../../base/output-stream.ts';

export type Colors = ReturnType<typeof picocolors.createColors>;

/** Colours where a person looks, by the usual rules: NO_COLOR, FORCE_COLOR, `TERM=dumb`, not when piped. */
export function createColors(stream: OutputStream, env: Env): Colors {
  return picocolors.createColors(wantsColor(stream, env));
}

function wantsColor(stream: OutputStream, env: Env): boolean {
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0';
  return stream.isTTY && env['TERM'] !== 'dumb';
}
