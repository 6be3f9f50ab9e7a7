/** What git forbids anywhere in a ref: control characters, space, `~^:?*[\`, `..`, `@{`, `//`. */
const forbidden = /[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\//;

/** True for a name that `git branch` accepts, by the rules of `git check-ref-format --branch`; without looking for the branch. */
export function isBranchName(name: string): boolean {
  if (name === '' || name === 'HEAD' || name.startsWith('-') || forbidden.test(name)) return false;
  if (name.startsWith('/') || name.endsWith('/') || name.endsWith('.')) return false;
  return name.split('/').every((part) => !part.startsWith('.') && !part.endsWith('.lock'));
}
