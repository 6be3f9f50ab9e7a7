import { isSystemError } from './errors.ts';

/**
 * Does what may fail without harm: a cache, a spare, a note.
 * @returns false when the system refused.
 * @throws every other error.
 */
export function attempt(action: () => void): boolean {
  try {
    action();
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}
