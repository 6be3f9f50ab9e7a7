import { isDotGit } from './artefact-name.ts';

/**
 * Why a path of a result must not be written below a directory, or `undefined` if it may.
 *
 * Results come from other people: git itself would refuse to check such names out.
 */
export function whyUnsafePath(path: string): string | undefined {
  const names = path.split('/');
  if (names.some((name) => name === '' || name === '.' || name === '..')) return 'it leads out of the directory';
  if (path.includes('\0')) return 'it holds a NUL';
  if (names.some(isGitDir)) return 'it is a name of git itself';
  return undefined;
}

const isGitDir = (name: string): boolean => isDotGit(Buffer.from(name).toString('latin1'));

/**
 * Why a link must not be made, or `undefined` if it stays inside the directory whatever other links there are.
 *
 * `..` is allowed only in front, as often as the link is deep: after another name it could go through a link.
 * @param path of the link, already found safe.
 */
export function whyUnsafeLink(path: string, target: string): string | undefined {
  if (target === '' || target.startsWith('/') || target.includes('\0')) return 'its target is absolute or empty';
  const names = target.split('/').filter((name) => name !== '' && name !== '.');
  const ups = names.findIndex((name) => name !== '..');
  const leading = ups < 0 ? names.length : ups;
  const depth = path.split('/').length - 1;
  if (leading > depth || names.slice(leading).includes('..')) return 'its target is outside the directory';
  if (names.some(isGitDir)) return 'its target is a name of git itself';
  return undefined;
}
