import { JciError } from '../base/errors.ts';
import { loadSettings } from '../config/load.ts';
import type { Repository } from '../git/repository.ts';
import { fine, type Finding } from './finding.ts';

/** The configuration that a run here would have. */
export async function checkSettings(repo: Repository): Promise<Finding> {
  const check = 'configuration';
  try {
    const { warnings } = await loadSettings(repo);
    if (warnings.length === 0) return fine(check, 'every key is known, and has a value that can be used');
    return { check, state: 'advice', message: warnings.join('; '), hint: whereFrom };
  } catch (error) {
    // What every run would refuse with.
    if (!(error instanceof JciError)) throw error;
    return { check, state: 'problem', message: error.message, hint: whereFrom };
  }
}

const whereFrom = 'see where it is set: git config --show-origin --get-regexp "^jci[.]", and .jci/config';
