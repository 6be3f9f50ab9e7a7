import type { TestRepo } from '../helpers/repo.ts';

/** A script with something of everything that a run can have, two thirds of it in trouble. */
export const sampleScript = String.raw`
git jci step build -- echo 'built it'
mkdir -p reports site
cat > reports/junit.xml <<X
<testsuites><testsuite name="unit">
<testcase name="adds" time="0.01"/><testcase name="waits" time="3.5"/>
<testcase name="divides" time="0.5"><failure message="expected 1, got 2">at line 7
of src/divide.ts</failure></testcase>
<testcase name="left out"><skipped/></testcase>
</testsuite></testsuites>
X
printf 'file,lines\nsrc/a.ts,90\nsrc/b.ts,70\n' > coverage.csv
printf '# Coverage\n\n**90 %%** of [lines](https://example.com)\n' > summary.md
printf '<h1>hello</h1>\n' > site/index.html
printf '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="teal"/></svg>' > picture.svg
seq -f 'line %.0f' 1 200
echo '  ✗ divides: expected 1, got 2'
echo '::error file=src/divide.ts,line=7::divided by nought'
echo '::warning::slower than before'
printf '\033[1;32mgreen\033[0m \033[33myellow\033[0m \033[34mblue\033[0m \033[7mturned\033[0m \033[38;5;208morange\033[0m\n'
git jci step 'unit tests' -- sh -c 'echo went wrong; exit 3' || true
git jci step lint -- true
exit 1
`;

export interface SampleRuns {
  /** Paths of the pages of two runs of one commit, the newest first. */
  paths: readonly [string, string];
  /** The same as `<commit>/<run id>`. */
  keys: readonly [string, string];
}

/** Two failed runs of one commit, and one with changes. */
export async function makeSampleRuns(repo: TestRepo): Promise<SampleRuns> {
  await repo.jci('run', '-q');
  await repo.jci('run', '-q');
  const [older = '', newer = ''] = (await repo.refs()).map((ref) => ref.slice('refs/jci-runs/'.length));
  return { paths: [`/jci/${newer}`, `/jci/${older}`], keys: [newer, older] };
}

/** Every view, by what is in its address; `shown` is there when its data is. */
export function allViews({ paths: [path], keys: [a, b] }: SampleRuns): { name: string; path: string; shown: string }[] {
  return [
    { name: 'commits', path: '/', shown: '[aria-label=Commits] [role=listitem]' },
    { name: 'runs', path: '/runs', shown: '[aria-label=Runs] [role=listitem]' },
    { name: 'search', path: '/search?q=wrong', shown: 'main :text("went wrong")' },
    { name: 'trends', path: '/trends', shown: 'main svg' },
    { name: 'compare', path: `/compare?a=${b}&b=${a}`, shown: 'main h2' },
    { name: 'flaky tests', path: '/tests', shown: 'main h1' },
    { name: 'test history', path: '/tests?suite=unit&name=divides', shown: 'main :text("expected 1, got 2")' },
    { name: 'run', path, shown: 'main #failed-tests' },
    { name: 'log', path: `${path}/run.output.txt`, shown: '[aria-label=Lines] > [role=listitem]' },
    { name: 'tests of a run', path: `${path}/tests.json`, shown: 'main .case' },
    { name: 'table', path: `${path}/coverage.csv`, shown: 'main table' },
    { name: 'html artefact', path: `${path}/site/index.html`, shown: 'main iframe' },
    { name: 'image', path: `${path}/picture.svg`, shown: 'main img, main iframe' },
    { name: 'nowhere', path: '/jci/x/y/z', shown: 'main h1' },
  ];
}
