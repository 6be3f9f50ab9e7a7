import type { ObjectSession } from '../git/object-session.ts';
import type { Repository } from '../git/repository.ts';
import type { RunItem } from '../api/run-item.ts';
import type { RunKey } from '../model/run-ref.ts';
import type { LogCache } from './logs/log-cache.ts';
import type { StreamPool } from './http/stream-pool.ts';
import type { RunIndexReader } from './results/run-index.ts';
import type { Histories } from './results/history.ts';
import type { ResultReader } from './results/result-reader.ts';
import type { SameTreeFinder } from './results/same-tree.ts';
import type { FactsReader } from './trends/run-facts.ts';

/** What only the command line can do: it is handed in, since nothing below it may import it. */
export interface Actions {
  /**
   * Starts `git jci rerun`, which outlives the server.
   * @returns the run as soon as it is under way.
   * @throws JciError with what git jci said if it did not come that far.
   */
  rerun(key: RunKey): Promise<RunItem>;
  /** Asks a run under way to end. @throws JciError (3) if it is over, or somewhere else. */
  cancel(key: RunKey): Promise<RunItem>;
}

/** The built page. */
export interface PageFile {
  html: string;
  /** For the Content-Security-Policy: `sha256-...`. */
  scriptHash: string;
  styleHash: string;
}

/** What the server is told. */
export interface ViewerOptions {
  repo: Repository;
  page: PageFile;
  /** Secret that state-changing requests must show; it stands in the page. */
  token: string;
  /** Names that `Host` may have beside `localhost` and addresses. */
  hosts: readonly string[];
  /** `undefined` where nothing can be run. */
  actions: Actions | undefined;
  /** Told of what should not happen. */
  onBug(error: unknown): void;
}

/** What all routes share. */
export interface ViewerParts extends ViewerOptions {
  index: RunIndexReader;
  objects: ObjectSession;
  histories: Histories;
  sameTrees: SameTreeFinder;
  results: ResultReader;
  /** For answers too long to be held in memory. */
  streams: StreamPool;
  logs: LogCache;
  facts: FactsReader;
  /** Fires when the viewer is closed: responses that have no end by themselves end then. */
  closing: AbortSignal;
}
