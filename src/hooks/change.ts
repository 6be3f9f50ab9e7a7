import { rmSync } from 'node:fs';
import { findHooksDir, type HooksDir } from '../git/hooks-dir.ts';
import type { Repository } from '../git/repository.ts';
import { adviceFor, shown, type Advice } from './advice.ts';
import { hookPath, isCurrent, readHookFile, writeHookFile, type HookFile } from './hook-file.ts';
import type { HookName } from './names.ts';
import { hookText } from './texts.ts';

/** What became of one hook. */
export interface HookChange {
  hook: HookName;
  /** For people: relative to the top of the working tree if it is inside. */
  path: string;
  result: 'installed' | 'upgraded' | 'unchanged' | 'removed' | 'absent' | 'calls us already' | 'left alone';
  /** For `left alone`. */
  why?: string;
  advice?: Advice;
}

/**
 * Installs hooks, or brings ours up to date. What is not ours to the letter is left alone, and so are folders that are not
 * this repository's own: a committed folder is everybody's, one elsewhere serves other repositories.
 * @param self absolute words that start this git jci.
 */
export async function installHooks(repo: Repository, hooks: readonly HookName[], self: readonly string[]): Promise<HookChange[]> {
  const dir = await findHooksDir(repo);
  return hooks.map((hook) => install(repo, dir, hook, hookText(hook, self)));
}

/** Removes hooks of ours, of any version and wherever they are. */
export async function uninstallHooks(repo: Repository, hooks: readonly HookName[]): Promise<HookChange[]> {
  const dir = await findHooksDir(repo);
  return hooks.map((hook) => uninstall(repo, dir, hook));
}

function install(repo: Repository, dir: HooksDir, hook: HookName, text: string): HookChange {
  const path = hookPath(dir.path, hook);
  const change = (result: HookChange['result']): HookChange => ({ hook, path: shown(repo.cwd, path), result });
  const write = (replacesOurs: boolean): boolean => writeHookFile(path, text, { replacesOurs, pid: repo.ctx.pid });
  const file = readHookFile(dir.path, hook);
  if (file.kind === 'ours') {
    if (isCurrent(file, hook, text)) return change('unchanged');
    write(true);
    return change('upgraded');
  }
  const advice = adviceFor({ top: repo.cwd, dir, hook, file });
  if (advice.done) return change('calls us already');
  if (file.kind === 'absent' && dir.where === 'repository' && write(false)) return change('installed');
  return { ...change('left alone'), why: whyNot(dir, file), advice };
}

function whyNot(dir: HooksDir, file: HookFile): string {
  if (dir.path === '/dev/null') return `hooks are turned off: core.hooksPath is ${dir.configured ?? dir.path}`;
  if (file.kind === 'foreign') return 'there is a hook that git jci did not write';
  const how = dir.configured === undefined ? 'through a link' : `as core.hooksPath is ${dir.configured}`;
  if (dir.where === 'work tree') return `the folder of hooks is part of the working tree, ${how}`;
  if (dir.where === 'elsewhere') return `the folder of hooks is outside of this repository, ${how}`;
  return 'somebody else made it at this very moment';
}

function uninstall(repo: Repository, dir: HooksDir, hook: HookName): HookChange {
  const path = hookPath(dir.path, hook);
  const change = { hook, path: shown(repo.cwd, path) };
  const file = readHookFile(dir.path, hook);
  if (file.kind === 'ours') {
    rmSync(path);
    return { ...change, result: 'removed' };
  }
  const advice = adviceFor({ top: repo.cwd, dir, hook, file });
  if (!advice.done) return { ...change, result: 'absent' };
  const lines = [`take the call of git jci out of ${advice.file} yourself`];
  return { ...change, result: 'left alone', why: 'it has text that git jci did not write', advice: { ...advice, lines } };
}
