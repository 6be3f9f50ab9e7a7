import { parseSize } from '../../base/byte-size.ts';
import { parseDuration } from '../../base/parse-duration.ts';
import { refusal, usageError } from '../../base/errors.ts';
import type { Settings } from '../../config/settings.ts';
import type { Repository } from '../../git/repository.ts';
import type { RetentionRules } from '../../model/retention.ts';

/** The options of `git jci prune`, as commander gives them. */
export interface PruneOptions {
  olderThan?: string;
  failed?: boolean;
  unreachable?: boolean;
  keepLast?: string;
  maxSize?: string;
  onRemote?: string | true;
  commit?: boolean;
  now?: boolean;
  json?: boolean;
}

export interface PruneRules extends RetentionRules {
  /** What all results together may take. */
  maxBytes: number | undefined;
}

/**
 * Reads the rules from the options and `jci.keep`. Without any, runs go whose source commit is gone.
 * @throws JciError (usage) for a value that cannot be used, (3) for what cannot be told here.
 */
export function parseRules(repo: Repository, options: PruneOptions, settings: Settings): PruneRules {
  const { olderThan, failed = false, maxSize, keepLast } = options;
  const nothingElse = olderThan === undefined && !failed && maxSize === undefined;
  const rules: PruneRules = {
    olderThanMs: olderThan === undefined ? undefined : parseDuration(olderThan, '--older-than', 'months'),
    failed,
    unreachable: options.unreachable ?? nothingElse,
    keepLast: keepLast === undefined ? settings.keep : parseCount(keepLast),
    maxBytes: maxSize === undefined ? undefined : parseSize(maxSize, '--max-size'),
  };
  if (options.onRemote !== undefined) checkRemoteRules(rules, options);
  else if (rules.unreachable && repo.shallow) throw shallow();
  return rules;
}

function parseCount(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw usageError(`--keep-last: '${text}' is not a whole number of at least 1`);
  return Number(text);
}

/** The source commits of a remote's runs may be in any clone; sizes are known to the server alone. */
function checkRemoteRules({ unreachable, maxBytes }: PruneRules, options: PruneOptions): void {
  const hint = 'name another rule, for example: git jci prune --on-remote --older-than 6m';
  if (options.unreachable === true) throw refusal('--unreachable cannot be told of a remote: its commits may be in clones that nobody here knows', { hint });
  if (unreachable) throw refusal('--on-remote needs a rule: what is unreachable there cannot be told from here', { hint });
  if (maxBytes !== undefined) throw refusal('--max-size cannot be told of a remote without fetching everything', { hint });
  if (options.now === true) throw refusal('--now frees space in this repository: a remote does so by its own rules', { hint: 'leave out --now' });
}

const shallow = (): Error =>
  refusal('in a shallow clone nearly every source commit looks gone, so --unreachable would remove nearly everything', {
    hint: 'git fetch --unshallow, or name another rule, for example: git jci prune --older-than 6m',
  });
