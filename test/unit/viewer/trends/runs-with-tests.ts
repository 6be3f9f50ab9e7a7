import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import type { TestRepo } from '../../../helpers/repo.ts';

/** A script that has the report beside the repository as its tests: the tree stays the same whatever they say. */
export const reportingScript = 'cp "$JCI_REPO_ROOT/../report.xml" "$JCI_OUTPUT_DIR/"\necho "::group::build"\necho building\necho "::endgroup::"\n';

/** A case of a report: name, seconds, and what it said if it failed. */
export type ReportedCase = readonly [name: string, seconds: number, failure?: string];

/** Runs it with this report. @returns the run id. */
export async function runWithTests(repo: TestRepo, cases: readonly ReportedCase[]): Promise<string> {
  const texts = cases.map(([name, seconds, failure]) => {
    const inner = failure === undefined ? '' : `<failure message="${failure}">details</failure>`;
    return `<testcase classname="s" name="${name}" time="${seconds}">${inner}</testcase>`;
  });
  writeFileSync(join(repo.root, 'report.xml'), `<testsuite name="s">${texts.join('')}</testsuite>`);
  await repo.jci('run');
  const [ref = ''] = (await repo.git('for-each-ref', '--sort=-creatordate', '--format=%(refname)', 'refs/jci-runs/')).split('\n').sort().reverse();
  return ref.split('/').at(-1) ?? '';
}
