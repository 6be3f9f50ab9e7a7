import { isAbsolute } from 'node:path';
import type { Env } from './context.ts';

/** Where temporary files and folders are made. A relative TMPDIR would be another folder for each program that we start. */
export function temporaryRoot(env: Env): string {
  const given = env['TMPDIR'];
  return given !== undefined && isAbsolute(given) ? given : '/tmp';
}
