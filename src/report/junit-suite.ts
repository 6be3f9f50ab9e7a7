/** An open `<testsuite>`. */
export interface SuiteFrame {
  name: string;
  file: string | undefined;
}

/**
 * The suite that a case belongs to. Together with its name it says which test it is, in this run and in others, so
 * it must differ between tests and stay the same between runs.
 *
 * 1. `classname` (phpunit: or `class`), which nearly all writers fill with the class, module, file or package;
 * 2. but the name of the innermost suite, where that ends in the class name and so says more (`example.com/a/util`
 *    against `util`);
 * 3. and the names of all suites from the outermost, joined by ` > `, where the class name says nothing: it is
 *    missing, it repeats the test's own name (jest-junit, mocha, ctest), or it is `test` for all (node:test).
 *    A name that begins with the one outside it stands for both.
 *
 * The name of `<testsuites>` never counts: it is a title, often with the date. Nor does `hostname`.
 */
export function suiteOf(attributes: ReadonlyMap<string, string>, suites: readonly SuiteFrame[]): string {
  const className = (attributes.get('classname') ?? attributes.get('class') ?? '').trim();
  if (saysNothing(className, (attributes.get('name') ?? '').trim())) return suitePath(suites);
  const innermost = suites.at(-1)?.name ?? '';
  return isLongFormOf(innermost, className) ? innermost : className;
}

const saysNothing = (className: string, testName: string): boolean =>
  className === '' ||
  className === 'test' ||
  className === testName ||
  (testName.endsWith(className) && /\s/.test(testName.charAt(testName.length - className.length - 1)));

const isLongFormOf = (long: string, short: string): boolean =>
  long.endsWith(short) && /[./:\\]/.test(long.charAt(long.length - short.length - 1));

function suitePath(suites: readonly SuiteFrame[]): string {
  const names = suites.map(({ name }) => name).filter((name) => name !== '');
  return names.filter((name, i) => !(names[i + 1] ?? '').startsWith(name)).join(' > ');
}
