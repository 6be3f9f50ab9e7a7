// npm run bench [-- --quick] [--only <name>]... [--json]: how long git jci takes, as a ratio to what nobody can avoid.
// A missed bar is reported, never an exit code: a busy machine would fail it.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../helpers/test-environment.ts';
import type { Benchmark, Session } from './benchmark.ts';
import { listings } from './case-list.ts';
import { logs } from './case-log.ts';
import { prune } from './case-prune.ts';
import { push } from './case-push.ts';
import { runPackage, runStandalone } from './case-run.ts';
import { storeBig, storeFiles } from './case-store.ts';
import { sync } from './case-sync.ts';
import { webPage, webRuns } from './case-web.ts';
import { webLogs } from './case-web-log.ts';
import { tableText } from './print-table.ts';
import type { Row } from './row.ts';

const benchmarks: readonly Benchmark[] = [runPackage, runStandalone, storeFiles, storeBig, logs, listings, push, sync, prune, webRuns, ...webLogs, webPage];

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const names = benchmarks.flatMap((benchmark) => benchmark.names);

/** A row's name stands for that row, the start of a name for every row that begins so: `--only store` is all of them. */
const isMeant = (name: string, only: string): boolean => (names.includes(only) ? name === only : name.startsWith(only));

const isWanted = (name: string): boolean => options.only.length === 0 || options.only.some((only) => isMeant(name, only));

const unknown = options.only.filter((only) => !names.some((name) => isMeant(name, only)));
if (unknown.length > 0) {
  console.error(`no row is called ${unknown.join(', ')}; there are: ${names.join(', ')}`);
  process.exit(2);
}

const root = ownTemporaryFolder();
const session = { quick: options.quick, ...copyOfBuild(root) } satisfies Session;
const rows: Row[] = [];
for (const benchmark of benchmarks) rows.push(...(await measure(benchmark, session)));
print(rows);

/** Everything is made in it, so that an interrupted benchmark leaves nothing either. */
function ownTemporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'git-jci-bench-')));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  process.env['TMPDIR'] = folder;
  return folder;
}

/** Measures a copy: somebody may build while this runs. */
function copyOfBuild(folder: string): Pick<Session, 'jci' | 'standalone'> {
  const main = join(projectRoot, 'dist', 'main.cjs');
  if (!existsSync(main)) spawnSync(process.execPath, [join(projectRoot, '.ci', 'build.mjs')], { stdio: ['ignore', 2, 2] });
  if (!existsSync(main)) throw new Error('nothing is built: npm run build');
  const copy = join(folder, 'git-jci');
  for (const name of ['bin', 'dist']) cpSync(join(projectRoot, name), join(copy, name), { recursive: true });
  const standalone = join(copy, 'dist', 'standalone', 'git-jci');
  return { jci: [process.execPath, join(copy, 'bin', 'git-jci')], standalone: existsSync(standalone) ? standalone : undefined };
}

async function measure(benchmark: Benchmark, given: Session): Promise<Row[]> {
  const wanted = new Set(benchmark.names.filter(isWanted));
  if (wanted.size === 0) return [];
  const begin = performance.now();
  process.stderr.write(`measuring ${[...wanted].join(', ')} ...`);
  try {
    const measured = await benchmark.measure(given, wanted);
    process.stderr.write(` ${((performance.now() - begin) / 1000).toFixed(0)} s\n`);
    return measured;
  } catch (error) {
    const note = error instanceof Error ? error.message : String(error);
    process.stderr.write(` failed: ${note}\n`);
    return [...wanted].map((name) => ({ name, what: name, floorIs: '-', note: `failed: ${note.split('\n')[0] ?? ''}` }));
  }
}

function print(all: readonly Row[]): void {
  const machine = { platform: `${process.platform}-${process.arch}`, cpus: cpus().length, cpu: cpus()[0]?.model ?? '', node: process.version };
  if (options.json) process.stdout.write(`${JSON.stringify({ version: 1, quick: options.quick, machine, rows: all }, null, 2)}\n`);
  else process.stdout.write(`${tableText(all)}\n${machine.platform}, ${machine.cpus} x ${machine.cpu}, Node ${machine.node}\n`);
}
