// Compiles git jci into one executable that needs nothing but git and bash: dist/standalone/git-jci.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { define, entryPoint, root } from './lib/project.mjs';

const outfile = `${root}/dist/standalone/git-jci`;
mkdirSync(`${root}/dist/standalone`, { recursive: true });
const { status } = spawnSync(
  findBun(),
  [
    'build',
    '--compile',
    '--bytecode',
    '--minify',
    '--format=cjs',
    ...Object.entries(define).flatMap(([name, value]) => ['--define', `${name}=${value}`]),
    `--outfile=${outfile}`,
    entryPoint,
  ],
  { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);

/** The package `bun` fetches its executable in an install script, which npm may hold back: the platform's package has it. */
function findBun() {
  const candidates = [
    `${root}/node_modules/@oven/bun-${process.platform}-${process.arch === 'arm64' ? 'aarch64' : process.arch}/bin/bun`,
    `${root}/node_modules/@oven/bun-${process.platform}-${process.arch}-baseline/bin/bun`,
    `${root}/node_modules/bun/bin/bun.exe`,
  ];
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined) {
    console.error(`bun is not installed for ${process.platform}-${process.arch}: npm ci`);
    process.exit(1);
  }
  chmodSync(found, 0o755);
  return found;
}
