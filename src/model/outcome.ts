import { exitCode } from '../base/exit-codes.ts';

/** What `status.txt` may say of a run. */
export const runStatuses = ['ok', 'err', 'running'] as const;
export type RunStatus = (typeof runStatuses)[number];

/**
 * How a run ended: its status, refined.
 *
 *                     +--> passed        exit 0
 *                     +--> failed        exit other than 0, or a signal of its own
 *   (start) -> running+--> timeout       jci.timeout passed
 *      |              +--> cancelled     Ctrl-C, SIGTERM, SIGHUP, `git jci cancel`
 *      |              +--> interrupted   git jci itself died; found by a later command
 *      +------------------> broken       could not start (no bash, unusable script, no worktree)
 */
export const outcomes = ['passed', 'failed', 'timeout', 'cancelled', 'interrupted', 'broken'] as const;
export type Outcome = (typeof outcomes)[number];

export const triggers = ['manual', 'hook', 'cron', 'runner', 'dispatch'] as const;
export type Trigger = (typeof triggers)[number];

export const isRunStatus = (text: string): text is RunStatus => (runStatuses as readonly string[]).includes(text);
export const isOutcome = (text: string): text is Outcome => (outcomes as readonly string[]).includes(text);
export const isTrigger = (text: string): text is Trigger => (triggers as readonly string[]).includes(text);

/** Whether a run that ended so says anything about what it ran: of the others nobody knows how they would have gone on. */
export const isDecided = (outcome: Outcome): boolean => outcome === 'passed' || outcome === 'failed' || outcome === 'timeout';

/** What `status.txt` says of an outcome. */
export const statusOf = (outcome: Outcome): 'ok' | 'err' => (outcome === 'passed' ? 'ok' : 'err');

/** Signals that end a run as `cancelled`, with the exit code each one asks for. */
export const cancelSignals = {
  SIGHUP: exitCode.hungUp,
  SIGINT: exitCode.interrupted,
  SIGTERM: exitCode.terminated,
} as const;
export type CancelSignal = keyof typeof cancelSignals;

/** The exit code of `git jci run`; `signal` is the one that cancelled it, if one did. */
export function exitCodeOf(outcome: Outcome, signal?: CancelSignal): number {
  switch (outcome) {
    case 'passed':
      return exitCode.ok;
    case 'failed':
    case 'interrupted':
      return exitCode.failed;
    case 'timeout':
      return exitCode.timedOut;
    case 'cancelled':
      return cancelSignals[signal ?? 'SIGTERM'];
    case 'broken':
      return exitCode.broken;
  }
}
