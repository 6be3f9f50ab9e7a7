import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { compareWithCrontab } from '../../../src/cron/compare.ts';
import { entryNameOf, installedLine, type InstallSite } from '../../../src/cron/installed-line.ts';
import { parseCrontab, type CronEntry } from '../../../src/model/crontab.ts';

const site: InstallSite = {
  root: '/src/app',
  folder: '/src/app',
  self: ['/usr/bin/node', '/opt/git-jci/bin/git-jci'],
  environmentFile: '.git/jci/cron/environment.json',
};
const hash = createHash('sha256').update('/src/app').digest('hex');

function entry(line: string): CronEntry {
  const [first] = parseCrontab(line).entries;
  if (first === undefined) throw new Error(`not an entry: ${line}`);
  return first;
}

describe('installedLine', () => {
  test('is schedule, absolute command and mark', () => {
    expect(installedLine(entry('0  3 * * 1-5 branch:main name:nightly'), site)).toBe(
      `0 3 * * 1-5 cd /src/app && /usr/bin/node /opt/git-jci/bin/git-jci cron run --quiet --environment .git/jci/cron/environment.json --branch main nightly # JCI:${hash} [nightly]`,
    );
  });

  test('of an entry without branch and name goes by its schedule', () => {
    expect(installedLine(entry('@daily'), { ...site, self: ['/opt/git-jci'] })).toMatch(
      /^@daily cd \/src\/app && \/opt\/git-jci cron run --quiet --environment \S+ daily # JCI:[0-9a-f]{64} \[daily\]$/,
    );
  });

  test('has one character per byte', () => {
    const line = installedLine(entry('@daily branch:für'), { ...site, folder: '/src/日本' });
    expect(Buffer.from(line, 'latin1').toString('utf8')).toMatch(/^@daily cd '\/src\/日本' && .* --branch 'für' daily_f-r-[0-9a-f]{8} #/);
  });

  test('refuses what cron could not read', () => {
    expect(() => installedLine(entry('@daily'), { ...site, folder: '/src/a\nb' })).toThrow(/line break/);
    expect(() => installedLine(entry('@daily'), { ...site, folder: `/src/${'a'.repeat(900)}` })).toThrow(/have 1\d\d\d bytes, and cron takes 998/);
  });
});

test('entryNameOf reads its own lines back', () => {
  expect(entryNameOf(installedLine(entry('@daily name:a.b-c'), site), '/src/app')).toBe('a.b-c');
  expect(entryNameOf(installedLine(entry('@daily'), site), '/src/other')).toBeUndefined();
});

test('compareWithCrontab tells what is installed, what differs and what is left over', () => {
  const { entries } = parseCrontab('@daily name:same\n@daily name:new\n@daily name:moved branch:b\n');
  const lines = [entry('@daily name:same'), entry('@daily name:moved branch:c'), entry('5 4 * * * name:gone')];
  const crontab = `MAILTO=x\n${lines.map((one) => installedLine(one, site)).join('\n')}\n`;
  expect(compareWithCrontab(entries, crontab, site)).toEqual([
    { name: 'same', schedule: '@daily', branch: undefined, state: 'installed' },
    { name: 'new', schedule: '@daily', branch: undefined, state: 'not installed' },
    { name: 'moved', schedule: '@daily', branch: 'b', state: 'outdated' },
    { name: 'gone', schedule: '5 4 * * *', branch: undefined, state: 'orphaned' },
  ]);
});
