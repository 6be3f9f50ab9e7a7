import type { HookName } from './names.ts';
import { shellWords, shellWordsPattern } from './shell-words.ts';

/*
 * Every text that a released git jci has written as a hook, oldest first; the last one is what we install today.
 *
 * Never change a text that was released: append one. Install upgrades and uninstall deletes only what is one of these to
 * the letter, so an edited text makes us leave our own old hooks behind in people's repositories.
 */
export const hookTexts: Readonly<Record<HookName, readonly string[]>> = {
  'post-commit': [
    `#!/bin/sh
# git jci: post-commit hook, version 1.
# 'git jci hook install' made it; as long as nobody changes it, 'git jci hook uninstall' removes it.
there() { for file; do test -e "$file" || return 1; done; }
if there @self@; then
	exec @self@ hook run post-commit "$@"
elif command -v git-jci >/dev/null 2>&1; then
	exec git-jci hook run post-commit "$@"
fi
printf '%s\\n' "git jci is gone, so no run was started; remove this hook with: rm '$0'" >&2
exit 0
`,
  ],
  'post-merge': [
    `#!/bin/sh
# git jci: post-merge hook, version 1.
# 'git jci hook install' made it; as long as nobody changes it, 'git jci hook uninstall' removes it.
there() { for file; do test -e "$file" || return 1; done; }
if there @self@; then
	exec @self@ hook run post-merge "$@"
elif command -v git-jci >/dev/null 2>&1; then
	exec git-jci hook run post-merge "$@"
fi
printf '%s\\n' "git jci is gone, so no run was started; remove this hook with: rm '$0'" >&2
exit 0
`,
  ],
  'pre-push': [
    `#!/bin/sh
# git jci: pre-push hook, version 1.
# 'git jci hook install' made it; as long as nobody changes it, 'git jci hook uninstall' removes it.
there() { for file; do test -e "$file" || return 1; done; }
if there @self@; then
	exec @self@ hook run pre-push "$@"
elif command -v git-jci >/dev/null 2>&1; then
	exec git-jci hook run pre-push "$@"
fi
printf '%s\\n' "git jci is gone, so nobody knows whether these commits pass; push with --no-verify, or remove this hook with: rm '$0'" >&2
exit 1
`,
  ],
};

/** Stands for the words that start git jci: the one part of a hook that differs from machine to machine. */
const placeholder = '@self@';

/**
 * The text to install. Hooks run with next to no environment, so it names the files to start; if they are gone, git jci on
 * PATH will do, and without that it says what happened: a gate that cannot judge stays shut, the others let go.
 * @param self absolute words that start this git jci.
 */
export function hookText(name: HookName, self: readonly string[]): string {
  return (hookTexts[name].at(-1) ?? '').replaceAll(placeholder, () => shellWords(self));
}

/**
 * Recognises a text of ours, whichever git jci it starts.
 * @returns its version, counted from 1; `undefined` for anything else, be it one byte.
 */
export function versionOfHookText(name: HookName, text: string): number | undefined {
  const index = hookTexts[name].findIndex((known) => matcher(known).test(text));
  return index < 0 ? undefined : index + 1;
}

/** All places must hold the same words. */
function matcher(known: string): RegExp {
  const [head = '', ...tails] = known.split(placeholder).map((part) => part.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'));
  const places = tails.map((tail, index) => `${index === 0 ? `(${shellWordsPattern})` : '\\1'}${tail}`);
  return new RegExp(`^${head}${places.join('')}$`);
}
