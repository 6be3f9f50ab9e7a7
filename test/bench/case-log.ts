import { join } from 'node:path';
import { inRepo, type Benchmark, type Session } from './benchmark.ts';
import { highest } from './case-store.ts';
import { interleave } from './rounds.ts';
import { makeRow, type Row } from './row.ts';
import { millis, timed } from './timed.ts';

interface LogCase {
  name: string;
  what: string;
  /** Text of run.sh. */
  script: string;
  hasBar: boolean;
  rounds: { full: number; quick: number };
}

const line = 'checking something of src/module/part.ts ... and 42 others: ok, took 17 ms';

/** How most programs write to a CI log: one `write` per line, 100 bytes with its number. */
const bashLoop = (mib: number): string => `for ((i = 0; i < ${lines(mib)}; i++)); do printf '%-20d ${line.padEnd(78)}\\n' "$i"; done\n`;

/** A program that collects its output before it writes: 4 to 64 KiB at a time. */
const awkLoop = (mib: number): string => `awk 'BEGIN { for (i = 0; i < ${lines(mib)}; i++) printf "%-20d %s\\n", i, "${line.padEnd(78)}" }'\n`;

/** Nothing writes faster than this: two bytes a line, as many as there are. */
const yes = (mib: number): string => `yes | head -c ${mib * 1024 ** 2}\n`;

/** Bytes by chance in lines of 76 letters. */
const random = (mib: number): string => `head -c ${Math.round((mib * 1024 ** 2 * 57) / 77)} /dev/urandom | base64\n`;

const lines = (mib: number): number => Math.round((mib * 1024 ** 2) / 100);

const cases: readonly LogCase[] = [
  { name: 'log-1m', what: '1 MiB of output, a bash loop of printf, 100 bytes a line', script: bashLoop(1), hasBar: true, rounds: { full: 15, quick: 5 } },
  { name: 'log-200m', what: '200 MiB of output, the same', script: bashLoop(200), hasBar: true, rounds: { full: 3, quick: 1 } },
  { name: 'log-200m-awk', what: '200 MiB of output, one awk that buffers, 100 bytes a line', script: awkLoop(200), hasBar: false, rounds: { full: 5, quick: 1 } },
  { name: 'log-200m-yes', what: '200 MiB of output, yes: 100 million lines of one letter', script: yes(200), hasBar: false, rounds: { full: 3, quick: 1 } },
  { name: 'log-500m-yes', what: '500 MiB of output, 262 million lines', script: yes(500), hasBar: false, rounds: { full: 1, quick: 0 } },
  { name: 'log-500m-random', what: '500 MiB of output that cannot be compressed much', script: random(500), hasBar: false, rounds: { full: 1, quick: 0 } },
];

const memoryLimitMiB = 250;

/** A run whose script does nothing but write, shown on a stdout that is thrown away, against its output in a file. */
export const logs: Benchmark = {
  names: cases.map(({ name }) => name),
  async measure(session, wanted) {
    const rows: Row[] = [];
    for (const one of cases) if (wanted.has(one.name)) rows.push(...(roundsOf(session, one) > 0 ? await measureLog(session, one) : [leftOut(one)]));
    return rows;
  },
};

const roundsOf = ({ quick }: Session, { rounds }: LogCase): number => (quick ? rounds.quick : rounds.full);

const leftOut = ({ name, what }: LogCase): Row => ({ name, what, floorIs: '-', note: 'left out with --quick' });

function measureLog(session: Session, one: LogCase): Promise<Row[]> {
  return inRepo(one.script, async (repo, place) => {
    let peakMiB: number | undefined;
    const script = join(repo.path, '.jci', 'run.sh');
    const rounds = roundsOf(session, one);
    const { floor, run } = await interleave(
      rounds,
      {
        floor: () => millis(place, ['bash', script], { outputFile: join(repo.root, 'output.txt') }),
        run: async () => {
          const result = await timed(place, [...session.jci, 'run'], { memory: true });
          peakMiB = highest(peakMiB, result.peakMiB);
          return result.ms;
        },
      },
      rounds > 1 ? 1 : 0,
    );
    return [
      makeRow({
        name: one.name,
        what: one.what,
        measured: run,
        floor,
        floorIs: 'the script with its output in a file',
        ...(one.hasBar ? { bar: { text: '1.2x + 100 ms', factor: 1.2, plusMs: 100 } } : {}),
        peakMiB,
        peakLimitMiB: memoryLimitMiB,
      }),
    ];
  });
}
