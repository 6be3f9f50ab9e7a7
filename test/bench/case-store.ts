import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { inRepo, type Benchmark, type Session } from './benchmark.ts';
import { combine, interleave } from './rounds.ts';
import { makeRow, type Row } from './row.ts';
import { millis, timed, type Place, type Timed } from './timed.ts';

/** Storing what a script left behind: many small files. */
export const storeFiles: Benchmark = {
  names: ['store-1000', 'store-10000', 'store-100000'],
  async measure(session, wanted) {
    const rows: Row[] = [];
    if (wanted.has('store-1000')) rows.push(...(await storeMany(session, 1000, 0.8, session.quick ? 5 : 11)));
    if (wanted.has('store-10000')) rows.push(...(await storeMany(session, 10_000, 0.5, session.quick ? 2 : 5)));
    // For its memory above all: it takes three minutes.
    if (wanted.has('store-100000') && !session.quick) rows.push(...(await storeMany(session, 100_000, 0.5, 1, 0)));
    return rows;
  },
};

/**
 * What a run takes beyond its script and beyond a run that leaves nothing; git gets files as new as ours.
 *
 * How long the script took is asked of the run itself: copying ten thousand files takes now three seconds and now five, so
 * the time of another copy would say nothing about this one.
 */
function storeMany({ jci }: Session, count: number, factor: number, rounds: number, warmUp = 1): Promise<Row[]> {
  const script = 'if [ -d "$HOME/files" ]; then cp -r "$HOME/files/." .; fi\n';
  return inRepo(script, async (repo, place) => {
    const files = join(repo.env['HOME'] ?? repo.root, 'files');
    let peakMiB: number | undefined;
    const sides = {
      floor: async () => {
        const names = makeFiles(files, count);
        await millis(place, ['sync']);
        return hashFiles(place, files, names);
      },
      run: async () => {
        makeFiles(files, count);
        await millis(place, ['sync']);
        const run = await beyondScript(place, jci);
        peakMiB = highest(peakMiB, run.peakMiB);
        return run.ms;
      },
      nothing: async () => {
        rmSync(files, { recursive: true });
        return (await beyondScript(place, jci)).ms;
      },
    };
    const values = await interleave(rounds, sides, warmUp);
    return [
      makeRow({
        name: `store-${count}`,
        what: `storing ${count} files of 1 KiB: a run without the time of its script (cp -r), less the same of a run that leaves nothing`,
        measured: combine([values.run, values.nothing], (run, nothing) => run - nothing),
        floor: values.floor,
        floorIs: 'git hash-object -w --stdin-paths + git mktree',
        bar: { text: `${factor}x, < ${memoryLimitMiB} MiB`, factor },
        peakMiB,
        peakLimitMiB: memoryLimitMiB,
      }),
    ];
  });
}

async function beyondScript(place: Place, jci: readonly string[]): Promise<Pick<Timed, 'ms' | 'peakMiB'>> {
  const { ms, stdout, peakMiB } = await timed(place, [...jci, 'run', '--json'], { capture: true, memory: true });
  const { durationMs } = JSON.parse(stdout) as { durationMs?: number };
  if (durationMs === undefined) throw new Error(`run --json printed no durationMs: ${stdout.slice(0, 200)}`);
  return { ms: ms - durationMs, peakMiB };
}

/** Writes files nobody has seen before. @returns their names. */
function makeFiles(folder: string, count: number): string[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const names = Array.from({ length: count }, (_, index) => `file-${String(index).padStart(6, '0')}`);
  for (const name of names) writeFileSync(join(folder, name), randomBytes(1024));
  return names;
}

async function hashFiles(place: Place, folder: string, names: readonly string[]): Promise<number> {
  const input = names.map((name) => `${join(folder, name)}\n`).join('');
  const hashed = await timed(place, ['git', 'hash-object', '-w', '--stdin-paths'], { input, capture: true });
  const entries = hashed.stdout.trim().split('\n').map((id, index) => `100644 blob ${id}\t${names[index] ?? ''}\n`);
  return hashed.ms + (await millis(place, ['git', 'mktree'], { input: entries.join('') }));
}

const bigBytes = 1024 ** 3;
const memoryLimitMiB = 250;

/** One file that must not go through memory. Its script links it, which takes no time. */
export const storeBig: Benchmark = {
  names: ['store-1gib'],
  measure: ({ quick, jci }) =>
    inRepo('ln "$HOME/big" .\n', async (repo, place) => {
      const big = join(repo.env['HOME'] ?? repo.root, 'big');
      makeBigFile(big);
      let peakMiB: number | undefined;
      const fresh = async (): Promise<void> => {
        changeStart(big);
        await millis(place, ['sync']);
      };
      const { floor, run } = await interleave(
        quick ? 1 : 3,
        {
          floor: async () => {
            await fresh();
            return millis(place, ['git', 'hash-object', '-w', big]);
          },
          run: async () => {
            await fresh();
            const result = await timed(place, [...jci, 'run'], { memory: true });
            peakMiB = highest(peakMiB, result.peakMiB);
            return result.ms;
          },
        },
        0,
      );
      return [
        makeRow({
          name: 'store-1gib',
          what: 'run that leaves one random file of 1 GiB, all of it',
          measured: run,
          floor,
          floorIs: 'git hash-object -w of the file',
          bar: { text: `1.1x, < ${memoryLimitMiB} MiB`, factor: 1.1 },
          peakMiB,
          peakLimitMiB: memoryLimitMiB,
        }),
      ];
    }),
};

function makeBigFile(path: string): void {
  const fd = openSync(path, 'w');
  const chunk = 16 * 1024 ** 2;
  for (let written = 0; written < bigBytes; written += chunk) writeSync(fd, randomBytes(chunk));
  closeSync(fd);
}

/** A changed first block is a new blob for git, and cheaper than a gigabyte of new randomness. */
function changeStart(path: string): void {
  const fd = openSync(path, 'r+');
  writeSync(fd, randomBytes(4096), 0, 4096, 0);
  closeSync(fd);
}

/** The higher of two peaks, of which either may be unknown. */
export const highest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
