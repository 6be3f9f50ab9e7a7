import { closeSync, openSync, readSync } from 'node:fs';
import { hasCode } from '../../base/errors.ts';
import { createLineTimes, type LineTimes } from '../../output/line-times.ts';

/** The times of a log that grows, from a file that does too: it is read again for lines behind its last entry. */
export function followTimes(path: string): LineTimes & { close(): void } {
  const times = createLineTimes();
  const buffer = Buffer.alloc(64 * 1024);
  let fd: number | undefined;
  let isOver = false;

  function readOn(): void {
    fd ??= isOver ? undefined : openIfThere(path);
    if (fd === undefined) return;
    for (let read = readSync(fd, buffer); read > 0; read = readSync(fd, buffer)) times.add(buffer.toString('latin1', 0, read));
  }

  return {
    ...times,
    at(line) {
      if (line > times.last()) readOn();
      // No entry before the second: so far all has come at once.
      return times.at(line) ?? 0;
    },
    close() {
      if (fd !== undefined) closeSync(fd);
      fd = undefined;
      isOver = true;
    },
  };
}

/** It comes with the second entry, and stays readable when the run is over and its folder is gone. */
function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
