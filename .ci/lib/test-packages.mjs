import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Debian's packages that the tests use, one a line. */
const packages = readFileSync(new URL('../debian-packages.txt', import.meta.url), 'utf8').split('\n').filter(Boolean);

/** Installs what is missing through apt-get when run as root on Debian; else says what to install. */
export function installTestPackages() {
  if (!has('dpkg-query')) {
    console.log(`not Debian: the tests need the equivalents of ${packages.join(', ')}`);
    return;
  }
  const missing = packages.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid() !== 0) {
    console.log(`the tests need packages that are not installed: sudo ${command}`);
    process.exitCode = 1;
    return;
  }
  console.log(`== ${command}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
  spawnSync('apt-get', command.split(' ').slice(1), { stdio: 'inherit', env });
}

const has = (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

function isInstalled(name) {
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status}', name], { encoding: 'utf8' });
  return stdout === 'installed';
}
