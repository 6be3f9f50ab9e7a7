import type { OutputStream } from '../base/output-stream.ts';
import type { Settings } from '../config/settings.ts';
import type { GitConfig } from '../git/config.ts';
import type { Trigger } from '../model/outcome.ts';
import type { RunRecord } from '../model/record.ts';
import type { RunKey } from '../model/run-ref.ts';
import type { KnownSecrets } from '../output/known-secrets.ts';
import type { ProcessId } from '../proc/process-id.ts';
import type { Cancellation } from './cancellation.ts';
import type { Plan } from './plan.ts';
import type { StoredRun } from './store-run.ts';

/** One run that has been decided on: what to run, where, and who hears of it. */
export interface RunRequest extends Plan {
  trigger: Trigger;
  settings: Settings;
  /** Git's own configuration, read once per command. */
  gitConfig: GitConfig;
  sign: boolean;
  /** Added to the script's environment. */
  env: Readonly<Record<string, string>>;
  /** Values hidden in the log beyond those of the environment. */
  secrets: readonly string[];
  rerunOf?: string;
  job?: string;
  /** Receives the masked output as it happens; `undefined` for quiet. */
  terminal: OutputStream | undefined;
  self: ProcessId;
  cancellation: Cancellation;
  /** The folder of our own executable: run.sh finds `git jci step` there even if it is not installed. */
  toolFolder: string | undefined;
  /** True inside a run: it takes no slot, or a run that runs git jci could wait for itself. */
  nested: boolean;
  notify(event: RunEvent): void;
  /** Decides again after a wait, in which the user's working tree may have become another one. Absent where a commit is what runs. */
  decideAgain?: () => Promise<RunRequest>;
}

/** What happens on the way, for whoever shows it. */
export type RunEvent =
  | { kind: 'created'; key: RunKey }
  | { kind: 'waiting'; for: string }
  | { kind: 'started'; key: RunKey; secrets: KnownSecrets }
  | { kind: 'storing'; key: RunKey }
  | { kind: 'stored'; key: RunKey; ref: string; record: RunRecord };

/** A run that is over and stored. */
export interface RunReport extends StoredRun {
  /** For the process. */
  exitCode: number;
}
