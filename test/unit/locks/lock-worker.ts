import { appendFileSync, closeSync, openSync, readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitForLock } from '../../../src/locks/wait-for-lock.ts';
import { identifyProcess } from '../../../src/proc/process-id.ts';

/*
 * A process of its own for the tests of locks.
 *
 *     lock-worker count <folder> <rounds>   adds 1 to a counter, so often, in a way that only a lock makes safe
 *     lock-worker hold <folder>             takes the lock, says so, and keeps it until it is killed
 */
const [mode = '', folder = '', rounds = '0'] = process.argv.slice(2);
const lockFolder = join(folder, 'lock');
const self = await identifyProcess(process.pid, process.platform);
if (self === undefined) throw new Error('this process cannot be identified');

const newest = (): number =>
  Math.max(...readdirSync(lockFolder).filter((name) => name.endsWith('.lock')).map((name) => Number.parseInt(name, 10)));

function criticalSection(): void {
  // Throws when somebody else is in here.
  const marker = join(folder, 'inside');
  closeSync(openSync(marker, 'wx'));
  const counter = join(folder, 'counter');
  const count = Number(readFileSync(counter, 'utf8'));
  appendFileSync(join(folder, 'generations'), `${newest()}\n`);
  writeFileSync(counter, String(count + 1));
  unlinkSync(marker);
}

if (mode === 'count') {
  for (let round = 0; round < Number(rounds); round += 1) {
    const lock = await waitForLock([lockFolder], self, process.platform);
    criticalSection();
    lock.release();
  }
} else {
  await waitForLock([lockFolder], self, process.platform);
  process.stdout.write('held\n');
  setInterval(() => undefined, 1000);
}
