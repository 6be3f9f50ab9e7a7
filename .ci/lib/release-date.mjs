import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * When this version was made, in seconds since the epoch, as text: the day of the newest entry of CHANGELOG.md
 * (`## 1.2.3 (2026-11-21)`), or of the last change to that file while it is not released. Never the clock: two builds of the same
 * sources are the same.
 * @returns an empty text where neither is known.
 */
export function releaseSeconds(root) {
  const heading = /^## .*$/m.exec(readFileSync(`${root}/CHANGELOG.md`, 'utf8'))?.[0] ?? '';
  const day = /\d{4}-\d\d-\d\d/.exec(heading)?.[0];
  if (day !== undefined) return String(Date.parse(`${day}T00:00:00Z`) / 1000);
  // Elsewhere than in our own checkout git knows no such file.
  const { status, stdout } = spawnSync('git', ['log', '-1', '--format=%ct', '--', 'CHANGELOG.md'], { cwd: root, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : '';
}
