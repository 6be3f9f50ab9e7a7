import { expect, test } from 'vitest';
import { fatalError, refusal, usageError } from '../../../../src/base/errors.ts';
import { notFound, problemOf } from '../../../../src/viewer/http/problems.ts';

test('what git jci says goes out without the folders of this machine', () => {
  const texts: [string, string][] = [
    ["git could not be started in '/home/ada/my work/wt'", "git could not be started in 'wt'"],
    ['git cannot read its configuration: bad config line 1 in file /home/ada/.gitconfig', 'git cannot read its configuration: bad config line 1 in file .gitconfig'],
    ['the log finds no room in /home/ada/.cache/git-jci/logs: ENOSPC', 'the log finds no room in logs: ENOSPC'],
    ['(/srv/git/a.git/)', '(a.git)'],
    ['refs/heads/main of https://example.com/a/b.git and origin/main, 1/2', 'refs/heads/main of https://example.com/a/b.git and origin/main, 1/2'],
  ];
  for (const [said, told] of texts) expect(problemOf(fatalError(said, { hint: said }))).toEqual({ status: 503, problem: { error: told, hint: told } });
});

test('the status tells what kind of problem it is', () => {
  expect(problemOf(usageError('a')).status).toBe(400);
  expect(problemOf(refusal('a')).status).toBe(409);
  expect(problemOf(notFound('there is nothing here', 'the page is at /'))).toEqual({ status: 404, problem: { error: 'there is nothing here', hint: 'the page is at /' } });
  expect(problemOf(new Error('/home/ada/secret')).problem.error).toBe('git jci did not expect this');
});
