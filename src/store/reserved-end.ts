import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { readJsonFile } from '../base/json-file.ts';
import { shareLikeParent } from '../base/shared-folder.ts';
import type { RunEnd } from '../model/run-end.ts';

/** How a script ended, when, and what it ran on. */
export interface ScriptOver {
  end: RunEnd;
  durationMs: number;
  /** Whether it ran on something else than the commit, as far as was seen by then. */
  dirty: boolean;
}

/** A block of any file system: far more than an end takes without its notes. */
const reservedBytes = 4096;
const briefReason = 500;

/**
 * Takes the room on disk that `writeReservedEnd` needs, before the script can fill the disk.
 *
 * Written, since a file with a hole has no room. (File systems that never write in place, such as btrfs, may still have none.)
 */
export function reserveEnd(path: string): void {
  writeFileSync(path, ' '.repeat(reservedBytes), { mode: 0o600 });
  shareLikeParent(path);
}

/**
 * Notes how the script ended where there is no room for a new file: over what was reserved. Notes that do not fit are left out.
 * @throws the system error.
 */
export function writeReservedEnd(path: string, over: ScriptOver): void {
  const { end, ...rest } = over;
  const whole = Buffer.from(JSON.stringify(over));
  const brief = { end: { ...end, ...(end.reason === undefined ? {} : { reason: end.reason.slice(0, briefReason) }), notes: [] }, ...rest };
  const bytes = Buffer.alloc(reservedBytes, ' ');
  (whole.length <= reservedBytes ? whole : Buffer.from(JSON.stringify(brief))).copy(bytes);
  const fd = openSync(path, 'r+');
  try {
    writeSync(fd, bytes, 0, bytes.length, 0);
  } finally {
    closeSync(fd);
  }
}

/** `undefined` as long as nothing but blanks stands there. */
export function readReservedEnd(path: string): ScriptOver | undefined {
  const value = readJsonFile(path);
  return isScriptOver(value) ? value : undefined;
}

const isScriptOver = (value: unknown): value is ScriptOver =>
  typeof value === 'object' && value !== null && 'end' in value && 'durationMs' in value;
