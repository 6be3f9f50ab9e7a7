import type { TransferOptions } from '../git/remote-transfer.ts';

export type SyncOptions = Pick<TransferOptions, 'onProgress' | 'signal'>;

export interface PushReport {
  /** Refs that the remote has from now on. */
  pushed: string[];
  /** How many it had already. */
  present: number;
  /** Names that stand there for another result: neither side was touched. */
  conflicts: string[];
  refused: { ref: string; reason: string }[];
  /** Not sent: they are no results, whatever their names say. */
  leftOut: { ref: string; why: 'name' | 'parents' }[];
  /** What the server and its hooks said. */
  messages: string[];
}

export interface PullReport {
  /** Refs that are here from now on. */
  pulled: string[];
  /** How many were here already. */
  present: number;
  /** Names that stand here for another result: ours stay. */
  conflicts: string[];
  /** Offered, and not taken. */
  unfit: { ref: string; why: string }[];
}
