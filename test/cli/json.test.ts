import { expect, test } from 'vitest';
import { jsonDocuments } from '../../src/cli/man/reference.ts';
import { installFakeCrontab } from '../helpers/fake-crontab.ts';
import { withRemote } from '../helpers/remotes.ts';
import type { TestRepo } from '../helpers/repo.ts';

const commands: readonly (readonly [entry: string, ...args: string[]])[] = [
  ['git jci ls', 'ls'],
  ['git jci log', 'log'],
  ['git jci show', 'show'],
  ['git jci grep', 'grep', 'hello'],
  ['git jci diff', 'diff', 'HEAD'],
  ['git jci tests', 'tests'],
  ['git jci flaky', 'flaky'],
  ['git jci get', 'get'],
  ['git jci status', 'status'],
  ['git jci verify', 'verify'],
  ['git jci hook ls', 'hook', 'ls'],
  ['git jci cron ls', 'cron', 'ls'],
  ['git jci cron next', 'cron', 'next'],
  ['git jci cron sync, rm', 'cron', 'sync'],
  ['git jci push', 'push'],
  ['git jci pull', 'pull'],
  ['git jci prune', 'prune'],
  ['git jci doctor', 'doctor', '--offline'],
  ['git jci version', 'version'],
];

test('the manual names every key of every document, and no other', () =>
  withRemote('path', async (repo) => {
    installFakeCrontab(repo);
    await repo.jci('run', '-q');
    const printed: Record<string, string[]> = {};
    for (const [entry, ...args] of commands) printed[entry] = await keysOf(repo, args);
    expect(printed).toEqual(told());
  }, { script: 'echo hello' }));

/** Of the entries whose text begins with the keys. */
function told(): Record<string, string[]> {
  const entries = jsonDocuments.filter(([term]) => commands.some(([entry]) => entry === term));
  return Object.fromEntries(entries.map(([term, meaning]) => [term, [...(meaning.split(':')[0] ?? '').split(', '), 'version'].sort()]));
}

async function keysOf(repo: TestRepo, args: readonly string[]): Promise<string[]> {
  const { stdout, stderr } = await repo.jci(...args, '--json');
  expect(stdout, stderr).toMatch(/^\{.*\}\n$/);
  return Object.keys(JSON.parse(stdout) as object).sort();
}
