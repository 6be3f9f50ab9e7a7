import type { TestRepo } from './repo.ts';

const crontabProgram = `#!/bin/sh
table="$HOME/crontab"
case "$1" in
-l) cat "$table" 2>/dev/null || { echo "no crontab for ada" >&2; exit 1; } ;;
-r) rm "$table" ;;
-) cat > "$table.new" && mv "$table.new" "$table" ;;
esac
`;

/** Puts a crontab program before the real one, with `~/crontab` as its table: `doctor --fix` must not reach that of whoever runs the tests. */
export const installFakeCrontab = (repo: TestRepo): void => repo.write('../bin/crontab', crontabProgram, { executable: true });
