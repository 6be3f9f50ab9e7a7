import type { Context } from '../../base/context.ts';
import type { Outcome, RunStatus } from '../../model/outcome.ts';
import type { TestStatus } from '../../model/test-case.ts';
import type { Colors } from './colors.ts';
import { showsUnicode } from './unicode.ts';

/** Whatever has a symbol: outcomes, statuses, test results, and the absence of one. */
export type ShownStatus = Outcome | RunStatus | TestStatus | 'none' | 'unreadable';

interface Look {
  symbol: string;
  ascii: string;
  color: 'green' | 'red' | 'yellow' | 'cyan' | 'dim';
}

const passed: Look = { symbol: '✓', ascii: '+', color: 'green' };
const failed: Look = { symbol: '✗', ascii: 'x', color: 'red' };
const running: Look = { symbol: '●', ascii: '*', color: 'cyan' };

/** One column each, from blocks that the usual terminal fonts have. */
const looks: Record<ShownStatus, Look> = {
  passed,
  ok: passed,
  failed,
  err: failed,
  error: failed,
  running,
  timeout: { symbol: '◷', ascii: 't', color: 'red' },
  cancelled: { symbol: '⊘', ascii: '-', color: 'yellow' },
  interrupted: { symbol: '↯', ascii: '~', color: 'yellow' },
  broken: { symbol: '!', ascii: '!', color: 'red' },
  skipped: { symbol: '○', ascii: 'o', color: 'dim' },
  none: { symbol: '·', ascii: '.', color: 'dim' },
  unreadable: { symbol: '?', ascii: '?', color: 'dim' },
};

/** One coloured character for how something ended; plain ASCII where the locale has no more. */
export function statusSymbol(status: ShownStatus, ctx: Pick<Context, 'env' | 'platform'>, colors: Colors): string {
  const { symbol, ascii, color } = looks[status];
  return colors[color](showsUnicode(ctx) ? symbol : ascii);
}
