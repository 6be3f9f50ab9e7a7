import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasCode, isSystemError, messageOf } from '../base/errors.ts';
import type { Repository } from '../git/repository.ts';
import type { RunId } from '../model/run-id.ts';

/** The folder that a run is restored to where nobody names one. */
export const defaultFolder = (runId: RunId): string => `jci-${runId}`;

const pattern = 'jci-[0-9]*-[0-9a-f][0-9a-f][0-9a-f][0-9a-f]/';

/**
 * Has git ignore default folders in this repository, by a line in `.git/info/exclude`: untracked, they would make the
 * next run a dirty one. An ignore file among the artefacts would be none of them.
 * @returns why it could not be done, if it could not.
 */
export function excludeDefaultFolders({ commonDir }: Repository): string | undefined {
  const path = join(commonDir, 'info', 'exclude');
  try {
    const text = readIfThere(path);
    if (text.split(/\r?\n/).includes(pattern)) return undefined;
    mkdirSync(dirname(path), { recursive: true });
    // One write at the end of the file: nothing that stands there, or is added meanwhile, is touched.
    appendFileSync(path, `${text === '' || text.endsWith('\n') ? '' : '\n'}# What git jci get restores without -o.\n${pattern}\n`);
    return undefined;
  } catch (error) {
    if (isSystemError(error)) return messageOf(error);
    throw error;
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return '';
    throw error;
  }
}
