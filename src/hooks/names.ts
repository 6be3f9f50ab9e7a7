import { usageError } from '../base/errors.ts';

/** The hooks of git that we can be called from. */
export const hookNames = ['post-commit', 'post-merge', 'pre-push'] as const;
export type HookName = (typeof hookNames)[number];

export const isHookName = (text: string): text is HookName => (hookNames as readonly string[]).includes(text);

/**
 * The hooks that a command line names; all of them if it names none.
 * @throws JciError (usage) for any other name.
 */
export function parseHookNames(names: readonly string[]): readonly HookName[] {
  const unknown = names.find((name) => !isHookName(name));
  if (unknown !== undefined) {
    throw usageError(`there is no git jci hook '${unknown}'`, { hint: `one of: ${hookNames.join(', ')}` });
  }
  return names.length === 0 ? hookNames : hookNames.filter((name) => names.includes(name));
}
