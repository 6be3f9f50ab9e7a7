/**
 * The exit codes of every `git jci` command.
 *
 * 128 and above make `git bisect run` stop instead of blaming a commit; 125 makes it skip one.
 */
export const exitCode = {
  ok: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  running: 4,
  timedOut: 124,
  untestable: 125,
  broken: 128,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;
